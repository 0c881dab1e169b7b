/*
 * The first process of a step's container: starts the agent's Java runtime and supervises what runs beside it.
 *
 *   agent [argument ...]            Starts what `agent.start` beside this program says: variables of the environment,
 *                                   then the program and its arguments, each a line, `%` standing for the folder of this
 *                                   program and `@` for the number of the control pipe; the arguments follow. Then, until
 *                                   that ends: takes every signal and passes it on, and reaps every orphan of the container.
 *   agent --exec command [arg ...]  Becomes the command: in a process group of its own, with no signal blocked, with the
 *                                   environment that the image gave.
 *
 * Variables by which an image speaks to a C library or a Java runtime (LD_PRELOAD, JAVA_TOOL_OPTIONS, ...) are for the
 * command, not for the agent: their names get `~` as first character until `--exec` gives them back. So does LC_ALL, since
 * the agent reads file names as UTF-8 whatever the command's language is.
 *
 * On the control pipe the agent writes pairs of 32-bit numbers: COMMAND_STARTED and the process, COMMAND_ENDED and 0,
 * SIGNAL_GROUP and the number of a signal, where 0 is the one by which the container was told to stop, and at last RESULT and
 * the exit code of the container: the code of a runtime that ends without it says nothing of the command.
 *
 * Without a C library, so that it starts in any image. See docs/adr for why it is here and how it is built.
 */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <stddef.h>
#include <stdint.h>

#define COMMAND_STARTED 1
#define COMMAND_ENDED 2
#define SIGNAL_GROUP 3
#define RESULT 4

#define EXIT_AGENT_FAULT 249
#define EXIT_NOT_EXECUTABLE 126
#define EXIT_NOT_FOUND 127
#define EXIT_KILLED 137
#define EXIT_STOPPED 143

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGKILL 9
#define SIGTERM 15
#define SIGCHLD 17
#define SIGURG 23
#define WNOHANG 1
#define POLLIN 1
#define POLLERR 8
#define POLLHUP 16
#define SIG_SETMASK 2
#define NSIG_BYTES 8

#define PATH_BYTES 4096
#define START_BYTES 16384
#define ARGUMENTS 4096
#define VARIABLES 65536

/* How much sooner than the agent the kernel should take the command when memory runs out. */
#define OOM_SCORE "500"

static long call(long n, long a, long b, long c, long d, long e) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = 0;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = n;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "There is no entry to the kernel for this processor yet."
#endif
}

#define CALL(name, ...) CALL_(name, __VA_ARGS__, 0, 0, 0, 0, 0)
#define CALL_(name, a, b, c, d, e, ...) call(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))

/* The compiler may call these for loops and copies of its own. */
void *memset(void *to, int value, size_t size) {
    for (volatile char *at = to; size > 0; size--) *at++ = (char)value;
    return to;
}

void *memcpy(void *to, const void *from, size_t size) {
    const char *source = from;
    for (volatile char *at = to; size > 0; size--) *at++ = *source++;
    return to;
}

static size_t length(const char *text) {
    size_t size = 0;
    while (text[size]) size++;
    return size;
}

static int same(const char *one, const char *other) {
    while (*one && *one == *other) one++, other++;
    return *one == *other;
}

static int begins(const char *text, const char *prefix) {
    while (*prefix && *text == *prefix) text++, prefix++;
    return !*prefix;
}

static void say(const char *text) {
    CALL(write, 2, text, length(text));
}

static void exit_with(int code) {
    for (;;) CALL(exit_group, code);
}

static void fail(const char *what) {
    say("The Crois agent could not be started: ");
    say(what);
    say("\n");
    exit_with(EXIT_AGENT_FAULT);
}

/* ---- the environment ---------------------------------------------------------------------------------------------- */

static const char *const HIDDEN[] = {"LD_", "GLIBC_TUNABLES=", "LOCPATH=", "MALLOC_", "JAVA_TOOL_OPTIONS=",
                                     "_JAVA_OPTIONS=", "JDK_JAVA_OPTIONS=", "JDK_AOT_VM_OPTIONS=", "LC_ALL=", NULL};

static void hide(char **environment) {
    for (; *environment; environment++)
        for (int i = 0; HIDDEN[i]; i++)
            if (begins(*environment, HIDDEN[i])) **environment = '~';
}

static void give_back(char **environment) {
    for (; *environment; environment++)
        for (int i = 0; HIDDEN[i]; i++)
            if (**environment == '~' && begins(*environment + 1, HIDDEN[i] + 1)) **environment = HIDDEN[i][0];
}

/* ---- the command -------------------------------------------------------------------------------------------------- */

static void prefer_for_oom(void) {
    long file = CALL(openat, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) CALL(write, file, OOM_SCORE, sizeof OOM_SCORE - 1);
}

static void cannot_execute(const char *command, long error) {
    int missing = error == -ENOENT || error == -ENOTDIR;
    say("Command `");
    say(command);
    say(missing ? "` was not found in this image.\n" : "` cannot be executed in this image.\n");
    exit_with(missing ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE);
}

/* A text that the kernel does not know how to execute is a shell's, as execvp has it. */
static long execute(const char *file, char **arguments, char **environment) {
    long error = CALL(execve, file, arguments, environment);
    if (error != -ENOEXEC) return error;
    char *shell[ARGUMENTS];
    int count = 0;
    shell[count++] = "/bin/sh";
    shell[count++] = (char *)file;
    for (int i = 1; arguments[i] && count < ARGUMENTS - 1; i++) shell[count++] = arguments[i];
    shell[count] = NULL;
    return CALL(execve, shell[0], shell, environment) ? error : 0;
}

static const char *path_of(char **environment) {
    for (; *environment; environment++)
        if (begins(*environment, "PATH=")) return *environment + 5;
    return "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}

static long search(const char *command, char **arguments, char **environment) {
    long found = -ENOENT;
    for (const char *at = path_of(environment);; at++) {
        char file[PATH_BYTES];
        size_t size = 0;
        while (*at && *at != ':' && size < sizeof file - 2) file[size++] = *at++;
        if (size == 0) file[size++] = '.';
        file[size++] = '/';
        if (size + length(command) < sizeof file) {
            memcpy(file + size, command, length(command) + 1);
            long error = execute(file, arguments, environment);
            if (error != -ENOENT && error != -ENOTDIR) found = error;
        }
        while (*at && *at != ':') at++;
        if (!*at) return found;
    }
}

static void become(char **arguments, char **environment) {
    uint64_t none = 0;
    CALL(setpgid, 0, 0);
    CALL(rt_sigprocmask, SIG_SETMASK, &none, NULL, NSIG_BYTES);
    prefer_for_oom();
    give_back(environment);
    const char *command = arguments[0];
    int has_folder = 0;
    for (const char *at = command; *at; at++) has_folder |= *at == '/';
    long error = has_folder ? execute(command, arguments, environment) : search(command, arguments, environment);
    cannot_execute(command, *command ? error : -ENOENT);
}

/* ---- the agent ---------------------------------------------------------------------------------------------------- */

static char home[PATH_BYTES];
static char text[START_BYTES];
static char expanded[4 * START_BYTES];
static char *start[ARGUMENTS];
static char *variables[VARIABLES];

static void find_home(void) {
    long size = CALL(readlinkat, AT_FDCWD, "/proc/self/exe", home, sizeof home - 1);
    if (size <= 0) fail("/proc is not there");
    while (size > 0 && home[size - 1] != '/') size--;
    home[size > 0 ? size - 1 : 0] = 0;
}

static void read_start(void) {
    char file[PATH_BYTES + 16];
    size_t size = length(home);
    memcpy(file, home, size);
    memcpy(file + size, "/agent.start", sizeof "/agent.start");
    long in = CALL(openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC);
    if (in < 0) fail("`agent.start` beside it cannot be read");
    size_t at = 0;
    for (long got; (got = CALL(read, in, text + at, sizeof text - 1 - at)) > 0;) at += (size_t)got;
    CALL(close, in);
}

static char *put(char *to, const char *from) {
    size_t size = length(from);
    if (to + size + 1 >= expanded + sizeof expanded) fail("`agent.start` is too long");
    memcpy(to, from, size + 1);
    return to + size;
}

static int expand(const char *pipe) {
    char *to = expanded;
    int count = 0;
    for (const char *at = text; *at && count < ARGUMENTS - 1; at++) {
        start[count++] = to;
        for (; *at && *at != '\n'; at++) {
            char one[] = {*at, 0};
            to = put(to, *at == '%' ? home : *at == '@' ? pipe : one);
        }
        to++;
        if (!*at) break;
    }
    start[count] = NULL;
    return count;
}

/* Returns where the program stands behind the variables. */
static char **add_variables(char **lines, char **environment) {
    int count = 0;
    for (; *environment && count < VARIABLES - 16; environment++) variables[count++] = *environment;
    if (*environment) fail("it was given too many variables");
    for (; *lines && **lines != '/' && count < VARIABLES - 1; lines++) variables[count++] = *lines;
    return lines;
}

static void number(long value, char *to) {
    char digits[24];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10); while (value /= 10);
    while (count > 0) *to++ = digits[--count];
    *to = 0;
}

static long fork_agent(int pipe, uint64_t *mask, char **arguments, char **environment) {
    char pipe_number[24];
    number(pipe, pipe_number);
    int count = expand(pipe_number);
    for (; *arguments && count < ARGUMENTS - 1; arguments++) start[count++] = *arguments;
    start[count] = NULL;
    hide(environment);
    char **program = add_variables(start, environment);
    if (!*program) fail("`agent.start` names no program");
    long child = CALL(clone, SIGCHLD, 0, 0, 0, 0);
    if (child != 0) return child;
    CALL(setpgid, 0, 0);
    CALL(prctl, PR_SET_PDEATHSIG, SIGKILL);
    CALL(rt_sigprocmask, SIG_SETMASK, mask, NULL, NSIG_BYTES);
    CALL(execve, program[0], program, variables);
    fail("its Java runtime cannot be executed on this machine");
    return -1;
}

/* ---- supervision -------------------------------------------------------------------------------------------------- */

static int agent;
static int command;
static int stop_signal = SIGTERM;
static int result = -1;
static int stopped;

static void signal_command(int signal) {
    if (command > 0 && CALL(kill, -command, signal) == -ESRCH) CALL(kill, command, signal);
}

/* The agent decides what a stop means: before, while and after the command runs. */
static void pass_on(int signal) {
    if (signal == SIGTERM || signal == SIGINT || signal == SIGQUIT || (signal == SIGHUP && command == 0)) {
        stop_signal = signal == SIGHUP ? SIGTERM : signal;
        stopped = 1;
        CALL(kill, agent, SIGTERM);
    } else if (signal != SIGURG) {
        signal_command(signal);
    }
}

static int obey(int pipe_in) {
    int message[2];
    if (CALL(read, pipe_in, message, sizeof message) != sizeof message) return 0;
    if (message[0] == COMMAND_STARTED) command = message[1];
    if (message[0] == COMMAND_ENDED) command = 0;
    if (message[0] == RESULT) result = message[1] & 0xff;
    if (message[0] == SIGNAL_GROUP) signal_command(message[1] > 0 ? message[1] : stop_signal);
    return 1;
}

static long number_after(const char *text, const char *word) {
    for (; *text; text++) {
        if (!begins(text, word)) continue;
        long value = 0;
        for (text += length(word); *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
        return value;
    }
    return 0;
}

static int out_of_memory(const char *events) {
    static char content[1024];
    long in = CALL(openat, AT_FDCWD, events, O_RDONLY | O_CLOEXEC);
    if (in < 0) return 0;
    long size = CALL(read, in, content, sizeof content - 1);
    CALL(close, in);
    content[size > 0 ? size : 0] = 0;
    return number_after(content, "oom_kill ") > 0;
}

/*
 * A runtime that has not yet come as far as the agent's own answer to a stop ends by it, or with the code for that. The agent
 * is nearly never the one that has used the memory up, but when it is taken, its container was out of it.
 */
static int code_of(int status) {
    int signal = status & 0x7f;
    if (signal == 0 && result >= 0) return result;
    if (stopped && (signal == SIGTERM || status >> 8 == EXIT_STOPPED)) {
        say("The container was stopped before the Crois agent had started.\n");
        return EXIT_STOPPED;
    }
    if (signal == 0) {
        say("The Crois agent ended without a result.\n");
        return EXIT_AGENT_FAULT;
    }
    if (signal == SIGKILL && (out_of_memory("/sys/fs/cgroup/memory.events") ||
                              out_of_memory("/sys/fs/cgroup/memory/memory.oom_control"))) {
        say("The Crois agent was killed because the container used more memory than it had.\n");
        return EXIT_KILLED;
    }
    char digits[24];
    number(signal, digits);
    say("The Crois agent was ended by signal ");
    say(digits);
    say(".\n");
    return EXIT_AGENT_FAULT;
}

static void reap(int pipe_in) {
    int status;
    for (long process; (process = CALL(wait4, -1, &status, WNOHANG, NULL)) > 0;) {
        if (process != agent) continue;
        while (obey(pipe_in));
        int code = code_of(status);
        signal_command(SIGKILL);
        exit_with(code);
    }
}

static void supervise(int signals, int pipe_in) {
    struct { int fd; short events, found; } watched[] = {{signals, POLLIN, 0}, {pipe_in, POLLIN, 0}};
    for (;;) {
        long ready = CALL(ppoll, watched, 2, NULL, NULL, NSIG_BYTES);
        if (ready <= 0) continue;
        if (watched[1].found & POLLIN) obey(pipe_in);
        else if (watched[1].found & (POLLHUP | POLLERR)) watched[1].fd = -1;
        if (watched[0].found & POLLIN) {
            uint32_t information[32];
            if (CALL(read, signals, information, sizeof information) != sizeof information) continue;
            if (information[0] != SIGCHLD) pass_on((int)information[0]);
            else reap(pipe_in);
        }
    }
}

static void run(char **arguments, char **environment) {
    uint64_t all = ~(uint64_t)0;
    uint64_t before;
    int pipe[2];
    find_home();
    read_start();
    CALL(rt_sigprocmask, SIG_SETMASK, &all, &before, NSIG_BYTES);
    long signals = CALL(signalfd4, -1, &all, NSIG_BYTES, O_CLOEXEC);
    if (signals < 0 || CALL(pipe2, pipe, 0) < 0) fail("the system has no file descriptors left");
    CALL(prctl, PR_SET_CHILD_SUBREAPER, 1);
    CALL(fcntl, pipe[0], F_SETFD, FD_CLOEXEC);
    CALL(fcntl, pipe[0], F_SETFL, O_NONBLOCK);
    agent = (int)fork_agent(pipe[1], &before, arguments, environment);
    if (agent < 0) fail("the system refuses another process");
    CALL(close, pipe[1]);
    supervise((int)signals, pipe[0]);
}

__attribute__((used, noreturn)) void begin(long *stack) {
    long count = stack[0];
    char **arguments = (char **)(stack + 1);
    char **environment = arguments + count + 1;
    if (count > 2 && same(arguments[1], "--exec")) become(arguments + 2, environment);
    run(count > 0 ? arguments + 1 : arguments, environment);
    for (;;) exit_with(EXIT_AGENT_FAULT);
}

#if defined(__x86_64__)
__asm__(".global _start\n_start:\n  xor %ebp, %ebp\n  mov %rsp, %rdi\n  and $-16, %rsp\n  call begin\n");
#elif defined(__aarch64__)
__asm__(".global _start\n_start:\n  mov x29, xzr\n  mov x30, xzr\n  mov x0, sp\n  bl begin\n");
#endif

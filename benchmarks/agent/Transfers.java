import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * The agent of the bundle beside rclone (and, with {@code -Daws=true}, the AWS CLI): one file of 512 MiB and 2,000
 * files of 16 KiB, up and down, whole processes in turns on one S3 server (s3proxy, in this process). The agent is the
 * whole agent: it reads an order, fetches with SHA-256 and manifest, runs a command ({@code mv} of what is to be
 * stored, or {@code true}), stores, reports, and removes its folder again. {@code benchmarks/transfers} runs it.
 */
public final class Transfers {
    private static final int LARGE_MIB = Integer.getInteger("large", 512);
    private static final int SMALL = Integer.getInteger("small", 2000);
    private static final Pattern STORED = Pattern.compile(
            "\"bytes\":(\\d+),\"files\":(\\d+),\"key\":\"([^\"]*)\",\"kind\":\"\\w+\",\"partial\":false,\"sha256\":\"(\\w+)\"");

    private final Path bundle;
    private final Path work;
    private final Map<String, List<double[]>> figures = new LinkedHashMap<>();
    private volatile String order = "";
    private volatile String report = "";
    private String dynamoDb = "";
    private String s3 = "";

    private Transfers(Path bundle, Path work) {
        this.bundle = bundle;
        this.work = work;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createTempDirectory(Path.of(System.getProperty("work", "/dev/shm")), "crois-transfers-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAtLast(work)));
        try {
            new Transfers(Path.of(arguments[0]).toAbsolutePath(), work).run(Integer.parseInt(arguments[1]));
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private void run(int rounds) throws Exception {
        startServers();
        Random random = new Random(1);
        write(work.resolve("large/file"), LARGE_MIB * 1024L * 1024, random);
        for (int i = 0; i < SMALL; i++) {
            write(work.resolve("small/" + i % 20 + "/" + i), 16 * 1024, random);
        }
        for (int round = 0; round < rounds + 1; round++) {
            for (String what : System.getProperty("what", "large,small").split(",")) {
                turn(what, round);
            }
            if (round == 0) {
                figures.clear();
            }
        }
        System.out.printf("%-12s %-7s %8s %8s %8s   median of %d%n", "", "", "seconds", "cpu s", "MiB", rounds);
        figures.forEach((name, all) ->
                System.out.printf("%-20s %8.2f %8.2f %8.0f%n", name, median(all, 0), median(all, 1), median(all, 2)));
        figures.keySet().stream().filter(name -> name.endsWith("crois")).forEach(this::compare);
    }

    private void compare(String ours) {
        List<double[]> theirs = figures.get(ours.replace("crois", "rclone"));
        if (theirs != null) {
            System.out.printf(
                    "%s: %.2f times rclone's seconds, %.2f times its processor time%n",
                    ours.strip(), ratio(figures.get(ours), theirs, 0), ratio(figures.get(ours), theirs, 1));
        }
    }

    /** The median of the ratios of each turn, since the machine does other things, too. */
    private static double ratio(List<double[]> ours, List<double[]> theirs, int figure) {
        List<double[]> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(new double[] {ours.get(i)[figure] / theirs.get(i)[figure]});
        }
        return median(ratios, 0);
    }

    private static double median(List<double[]> all, int figure) {
        return all.stream()
                .mapToDouble(each -> each[figure])
                .sorted()
                .skip((all.size() - 1) / 2)
                .findFirst()
                .orElse(0);
    }

    private void turn(String what, int round) throws Exception {
        Path source = work.resolve(what);
        String prefix = round + "/" + what;
        Path staged = work.resolve("staged");
        must("cp", "-rl", source.toString(), staged.toString());
        boolean file = what.equals("large");
        String output = file ? staged.resolve("file").toString() : staged.toString();
        order = order("\"sh\",\"-c\",\"exec mv " + output + " $CROIS_OUTPUTS/it\"", "", """
                {"artifact":"it","kind":"%s","optional":false,"bucket":"crois-transfers","key":"crois/%s"}""".formatted(
                        file ? "FILE" : "FOLDER", prefix + (file ? "" : "/")));
        time(what + "-up crois", agent());
        Matcher stored = STORED.matcher(report);
        if (!stored.find()) {
            throw new IllegalStateException("The agent reports: " + report);
        }
        delete(staged);
        time(what + "-up rclone", rclone(source.toString(), "r:crois-transfers/rclone/" + prefix));
        order = order(
                "\"true\"",
                """
                {"artifact":"it","stored":{"artifact":"it","kind":"%s","bucket":"crois-transfers","key":"%s","bytes":%s,"files":%s,"sha256":"%s","partial":false}}""".formatted(
                        file ? "FILE" : "FOLDER", stored.group(3), stored.group(1), stored.group(2), stored.group(4)),
                "");
        time(what + "-down crois", agent());
        Path back = work.resolve("back");
        time(what + "-down rclone", rclone("r:crois-transfers/rclone/" + prefix, back.toString()));
        must("diff", "-rq", source.toString(), back.toString());
        delete(back);
        if (Boolean.getBoolean("aws")) {
            List<String> cli = List.of("aws", "--endpoint-url", s3, "s3", "cp", "--recursive");
            time(what + "-up aws", with(cli, source.toString(), "s3://crois-transfers/aws/" + prefix));
            time(what + "-down aws", with(cli, "s3://crois-transfers/aws/" + prefix, back.toString()));
            delete(back);
        }
        for (String who : List.of("crois", "rclone", "aws")) {
            delete(work.resolve("s3/crois-transfers").resolve(who));
        }
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private List<String> agent() {
        return List.of(
                "unshare",
                "--pid",
                "--fork",
                "--mount-proc",
                bundle.resolve("agent").toString());
    }

    private static List<String> rclone(String from, String to) {
        return List.of("rclone", "copy", from, to);
    }

    private static String order(String command, String inputs, String outputs) {
        return """
                {"run":{"project":"demo","execution":"run","scope":""},"workflow":"w","step":"s","attempt":1,"command":[%s],
                "inputs":[%s],"outputs":[%s],"runBudget":600}""".formatted(command, inputs, outputs).replace("\n", "");
    }

    private void time(String name, List<String> command) throws Exception {
        Path time = work.resolve("time");
        List<String> timed = new ArrayList<>(List.of("/usr/bin/time", "-f", "%e %U %S %M", "-o", time.toString()));
        timed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(timed)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.remove("AWS_CA_BUNDLE");
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.putAll(Map.of(
                "CROIS_ORDER", "crois/a/b",
                "TMPDIR", work.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "identity",
                "AWS_SECRET_ACCESS_KEY", "credential",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb,
                "AWS_ENDPOINT_URL_S3", s3));
        environment.putAll(Map.of(
                "RCLONE_CONFIG", "/dev/null",
                "RCLONE_CONFIG_R_TYPE", "s3",
                "RCLONE_CONFIG_R_PROVIDER", "Other",
                "RCLONE_CONFIG_R_REGION", "us-east-1",
                "RCLONE_CONFIG_R_ENDPOINT", s3,
                "RCLONE_CONFIG_R_ACCESS_KEY_ID", "identity",
                "RCLONE_CONFIG_R_SECRET_ACCESS_KEY", "credential"));
        report = "";
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(name + " ended with " + code + " and reported " + report);
        }
        String[] figure = Files.readString(time).strip().split(" ");
        double[] numbers = {
            Double.parseDouble(figure[0]),
            Double.parseDouble(figure[1]) + Double.parseDouble(figure[2]),
            Double.parseDouble(figure[3]) / 1024
        };
        System.err.printf("%-20s %8.2f %8.2f %8.0f%n", name, numbers[0], numbers[1], numbers[2]);
        figures.computeIfAbsent(name, key -> new ArrayList<>()).add(numbers);
    }

    private void startServers() throws Exception {
        HttpServer table = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        table.setExecutor(Executors.newCachedThreadPool());
        table.createContext("/", this::answer);
        table.start();
        dynamoDb = "http://127.0.0.1:" + table.getAddress().getPort();
        Files.createDirectories(work.resolve("s3/crois-transfers"));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(work.resolve("s3").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "identity", "credential")
                .build();
        server.start();
        s3 = "http://127.0.0.1:" + server.getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean get = exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("GetItem");
        if (!get) {
            report = body.replace("\\\"", "\"");
        }
        String item = "{\"Item\":{\"body\":{\"S\":\"" + order.replace("\"", "\\\"") + "\"}}}";
        byte[] answer = (get ? item : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private static void write(Path file, long bytes, Random random) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] content = new byte[(int) Math.min(bytes, 16 * 1024 * 1024)];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= content.length) {
                random.nextBytes(content);
                out.write(content, 0, (int) Math.min(left, content.length));
            }
        }
    }

    private static void must(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    /** Whoever is stopped by a signal must not leave gigabytes in memory. */
    private static void deleteAtLast(Path folder) {
        try {
            delete(folder);
        } catch (IOException failure) {
            System.err.println(folder + " is left: " + failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

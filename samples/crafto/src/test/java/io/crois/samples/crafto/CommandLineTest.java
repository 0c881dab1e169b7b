package io.crois.samples.crafto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CommandLineTest {
    @Test
    void a_command_that_there_is_not_is_refused() {
        CraftoRun run = CraftoRun.of("biuld");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errors())
                .isEqualTo("Command line: there is no place for `biuld` of `crafto`. `crafto --help` tells what there"
                        + " is.\n");
    }

    @Test
    void no_command_is_refused() {
        CraftoRun run = CraftoRun.of();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errors())
                .isEqualTo("Command line: Missing required subcommand. `crafto --help` tells what there is.\n");
    }

    @Test
    void help_is_no_failure() {
        CraftoRun run = CraftoRun.of("--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("asl");
    }
}

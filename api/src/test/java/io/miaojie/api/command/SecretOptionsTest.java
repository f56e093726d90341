package io.miaojie.api.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets on a command line are refused, by name, and never repeated in the message. */
@Timeout(10)
class SecretOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --admin-key hunter2hunter2hunter2          | --admin-key",
                "serve --admin-key=hunter2hunter2hunter2          | --admin-key",
                "--port 0 --admin-key hunter2hunter2hunter2       | --admin-key",
                "replay - --key hunter2                           | --key",
                "serve --postgres-uri postgres://u:hunter2@h/d    | --postgres-uri",
                "serve --postgres-uri=postgresql://u:hunter2@h/d  | --postgres-uri",
                "verify --postgres-uri postgres://:hunter2@h/d    | --postgres-uri",
                "serve --postgres-uri postgres://u@h:5432/d       |",
                "serve @secrets --port 0                          |",
                "serve --data-dir key                             |"
            })
    void aSecretIsRefusedByTheNameOfItsOption(final String line, final String option) {
        final String message = SecretOptions.told(line.trim().split(" +")).orElse(null);
        assertEquals(option, message == null ? null : message.split(" ")[0]);
        assertEquals(-1, String.valueOf(message).indexOf("hunter2"));
    }
}

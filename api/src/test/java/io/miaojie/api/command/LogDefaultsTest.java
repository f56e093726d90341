package io.miaojie.api.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The log of a program that nobody has given a file for its log. */
class LogDefaultsTest {
    private final LoggerContext logs = new LoggerContext();

    @Test
    void isFoundByLogback() {
        assertTrue(
                ServiceLoader.load(Configurator.class).stream().anyMatch(found -> found.type() == LogDefaults.class));
    }

    @Test
    void aFileForTestsStandsOverIt() {
        assertEquals(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY, new LogDefaults().configure(logs));
    }

    @Test
    void writesToStandardErrorFromInfoOfOursAndWarnOfOthers() {
        LogDefaults.toStandardError(logs);
        final ConsoleAppender<?> appender = (ConsoleAppender<?>)
                logs.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().next();
        assertEquals("System.err", appender.getTarget());
        assertTrue(appender.isStarted());
        assertEquals(Level.INFO, logs.getLogger("io.miaojie.node").getEffectiveLevel());
        assertEquals(Level.WARN, logs.getLogger("net.openhft").getEffectiveLevel());
    }
}

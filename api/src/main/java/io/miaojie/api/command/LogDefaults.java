package io.miaojie.api.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * What an operator reads, on standard error, so that standard output keeps to what commands print. A file of the
 * operator's ({@code -Dlogback.configurationFile}) or of a test stands over it. It is code since the reader of such
 * files takes three tenths of a second of every start.
 */
public final class LogDefaults extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{20} - %msg%n";

    @Override
    public ExecutionStatus configure(final LoggerContext logs) {
        if (System.getProperty("logback.configurationFile") != null
                || LogDefaults.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        toStandardError(logs);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void toStandardError(final LoggerContext logs) {
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logs);
        encoder.setPattern(PATTERN);
        encoder.start();
        final ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
        standardError.setContext(logs);
        standardError.setTarget("System.err");
        standardError.setEncoder(encoder);
        standardError.start();
        logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(standardError);
        logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        logs.getLogger("io.miaojie").setLevel(Level.INFO);
    }
}

package io.miaojie.benchmarks.rig;

import java.util.function.IntConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on the terminal for whoever waits for a load; rounds of a pass have none of their own. */
public final class Progress implements IntConsumer, AutoCloseable {
    private static final int UPDATE_MS = 500;

    private final ProgressBar bar;

    private Progress(final ProgressBar bar) {
        this.bar = bar;
    }

    /** Shows a bar. */
    public static Progress shown(final String name) {
        return new Progress(new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(-1)
                .setUpdateIntervalMillis(UPDATE_MS)
                .build());
    }

    /** Shows nothing. */
    public static Progress none() {
        return new Progress(null);
    }

    @Override
    public void accept(final int answered) {
        if (bar != null) {
            bar.stepTo(answered);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

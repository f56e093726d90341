package io.miaojie.benchmarks.exchange;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.BalanceAdjustmentType;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How many balances a second exchange-core changes, one by each command.
 *
 * <pre>
 *   this thread     exchange-core, yielding
 *
 *   adjust ------&gt; [ring] --&gt; group --&gt; risk engine: balance --&gt; matching engine --&gt; results
 *     ^                           \---&gt; journal, when there is a directory: written, never forced     |
 *     |       |&lt;============= measured: until the last result =================================&gt;|  counts
 * </pre>
 *
 * <p>One engine of each sort and no pinned threads: there are two cores. The ring of the library blocks when it is
 * full. At the end each account is emptied of exactly what was sent to it.
 */
public final class BalanceAdjustments {
    private static final int CURRENCY = 156;
    private static final long AMOUNT_SPREAD = 1 << 15;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long BACK_OFF_NS = 50_000;
    private static final long SHUTDOWN_S = 30;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final int accounts;
    private final ExchangeCore core;
    private final ExchangeApi api;
    private long sent;
    private final long[] sentAmounts;

    /**
     * Starts the library.
     *
     * @param journal directory of its journal, null: none
     */
    BalanceAdjustments(final int accounts, final String journal) {
        this.accounts = accounts;
        this.sentAmounts = new long[accounts];
        this.core = ExchangeCore.builder()
                .resultsConsumer((command, sequence) -> onResult(command))
                .exchangeConfiguration(configuration(journal))
                .build();
        core.startup();
        this.api = core.getApi();
    }

    /**
     * Measures and prints one line of JSON at the end.
     *
     * @param args accounts, adjustments before measuring, adjustments measured, directory of the journal or {@code -}
     */
    public static void main(final String[] args) {
        final BalanceAdjustments bench =
                new BalanceAdjustments(Integer.parseInt(args[0]), args[3].equals("-") ? null : args[3]);
        bench.openAccounts();
        bench.adjust(Integer.parseInt(args[1]));
        final int count = Integer.parseInt(args[2]);
        final long startNs = System.nanoTime();
        bench.adjust(count);
        final long perSecond = count * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - startNs);
        bench.check();
        System.out.println("RESULT {\"figures\":{\"per_s\":" + perSecond + "}}");
        System.exit(0);
    }

    /** Opens all accounts and gives each its first amount. */
    void openAccounts() {
        final long before = answered.get();
        for (int i = 0; i < accounts; i++) {
            api.createUser(0, 0, i, i + 1L);
        }
        await(before + accounts);
        for (int i = 0; i < accounts; i++) {
            adjust(i + 1L, 1);
        }
        await(before + 2L * accounts);
    }

    /** Changes so many balances and waits for every result. */
    void adjust(final int count) {
        final long end = answered.get() + count;
        for (int i = 0; i < count; i++) {
            final long draw = mix(sent);
            adjust((draw >>> 32) * accounts / (1L << 32) + 1, 1 + (draw & AMOUNT_SPREAD - 1));
        }
        await(end);
    }

    /** Takes from each account what was sent to it: that much is there, and not one more. */
    void check() {
        requireRefused(0);
        final long before = answered.get();
        for (int i = 0; i < accounts; i++) {
            send(i + 1L, -sentAmounts[i]);
        }
        await(before + accounts);
        requireRefused(0);
        for (int i = 0; i < accounts; i++) {
            send(i + 1L, -1);
        }
        await(before + 2L * accounts);
        requireRefused(accounts);
    }

    /** Stops the library. */
    void close() {
        core.shutdown(SHUTDOWN_S, TimeUnit.SECONDS);
    }

    private void adjust(final long account, final long amount) {
        sentAmounts[(int) account - 1] += amount;
        send(account, amount);
    }

    private void send(final long account, final long amount) {
        sent++;
        api.balanceAdjustment(0, 0, sent, account, sent, CURRENCY, amount, BalanceAdjustmentType.ADJUSTMENT);
    }

    private void requireRefused(final long count) {
        if (refused.get() != count) {
            throw new IllegalStateException("wrong balances: refused=" + refused.get() + " expected=" + count);
        }
    }

    private void onResult(final OrderCommand command) {
        final boolean counts =
                command.command == OrderCommandType.BALANCE_ADJUSTMENT || command.command == OrderCommandType.ADD_USER;
        if (counts && command.resultCode != CommandResultCode.SUCCESS) {
            refused.lazySet(refused.get() + 1);
        }
        if (counts) {
            // One thread counts; release: whoever sees the count sees the refusals.
            answered.lazySet(answered.get() + 1);
        }
    }

    private void await(final long count) {
        final long giveUpAtNs = System.nanoTime() + PATIENCE_NS;
        while (answered.get() < count) {
            if (System.nanoTime() - giveUpAtNs > 0) {
                throw new IllegalStateException("no results: expected=" + count + " answered=" + answered.get());
            }
            LockSupport.parkNanos(BACK_OFF_NS);
        }
    }

    private static ExchangeConfiguration configuration(final String journal) {
        return ExchangeConfiguration.defaultBuilder()
                .performanceCfg(PerformanceConfiguration.throughputPerformanceBuilder()
                        .matchingEnginesNum(1)
                        .riskEnginesNum(1)
                        .threadFactory(Thread::new)
                        .waitStrategy(CoreWaitStrategy.YIELDING)
                        .build())
                .initStateCfg(
                        journal == null
                                ? InitialStateConfiguration.CLEAN_TEST
                                : InitialStateConfiguration.cleanStartJournaling("bench"))
                .serializationCfg(journal == null ? SerializationConfiguration.DEFAULT : journaling(journal))
                .build();
    }

    private static SerializationConfiguration journaling(final String directory) {
        final DiskSerializationProcessorConfiguration defaults =
                DiskSerializationProcessorConfiguration.createDefaultConfig();
        return SerializationConfiguration.builder()
                .enableJournaling(true)
                .serializationProcessorFactory(exchange -> new DiskSerializationProcessor(
                        exchange,
                        DiskSerializationProcessorConfiguration.builder()
                                .storageFolder(directory)
                                .snapshotLz4CompressorFactory(defaults.getSnapshotLz4CompressorFactory())
                                .journalFileMaxSize(defaults.getJournalFileMaxSize())
                                .journalBufferSize(defaults.getJournalBufferSize())
                                .journalBatchCompressThreshold(defaults.getJournalBatchCompressThreshold())
                                .journalLz4CompressorFactory(defaults.getJournalLz4CompressorFactory())
                                .build()))
                .build();
    }

    private static long mix(final long value) {
        long mixed = (value + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}

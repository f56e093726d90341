package io.miaojie.api.metrics;

import io.miaojie.node.EngineStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Every figure of {@code /metrics}. Thread: any. */
public final class Meters {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Counter> answers = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> statuses = new ConcurrentHashMap<>();
    private static final List<Double> SHARES = List.of(0.5, 0.9, 0.99, 0.999, 1.0);

    private final Latency answerLatency = new Latency();
    private final Latency forceLatency = new Latency();
    private final StatusSource source;

    public Meters(final StatusSource source) {
        this.source = source;
        gauge("miaojie_last_sequence", "Last settled record.", EngineStatus::lastSequence);
        gauge("miaojie_durable_sequence", "Last record forced to disk.", EngineStatus::durableSequence);
        gauge("miaojie_projected_sequence", "Last record in Postgres.", EngineStatus::projectedSequence);
        gauge(
                "miaojie_projection_lag_records",
                "Durable records not in Postgres yet.",
                status -> status.durableSequence() - status.projectedSequence());
        gauge("miaojie_ring_room_slots", "Free slots of the ring.", EngineStatus::ringRoomSlots);
        gauge("miaojie_snapshot_sequence", "Record of the newest snapshot.", EngineStatus::snapshotSequence);
        gauge("miaojie_unprojected_bytes", "Journal not in Postgres yet, about.", EngineStatus::unprojectedBytes);
        gauge("miaojie_admitting", "1 while commands are let in.", status -> status.isAdmitting() ? 1 : 0);
        gauge(
                "miaojie_projection_failing",
                "1 while Postgres fails.",
                status -> status.projectionError() == null ? 0 : 1);
        tables(source.status().tables().size());
        counter("miaojie_refused_submissions", "Refused at the gate since the start.", EngineStatus::refusedCount);
        counter("miaojie_journal_written_bytes", "Written to the journal since the start.", EngineStatus::journalBytes);
        latency("miaojie_answer_latency_seconds", "From submission to answer, last minutes.", answerLatency);
        latency("miaojie_force_latency_seconds", "Forces of the journal, last minutes.", forceLatency);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Counts a command or line that was answered with this code. */
    public void onAnswered(final String code) {
        answers.computeIfAbsent(code, name -> Counter.builder("miaojie_answers")
                        .description("Commands answered, by code.")
                        .tag("code", name)
                        .register(registry))
                .increment();
    }

    /** Takes how long a command waited for its answer, nanoseconds. */
    public void onAnswerLatency(final long ns) {
        answerLatency.record(ns);
    }

    /** Takes how long a force took, nanoseconds. */
    public void onForceLatency(final long ns) {
        forceLatency.record(ns);
    }

    /** Counts an HTTP response. */
    public void onResponse(final int status) {
        statuses.computeIfAbsent(status, code -> Counter.builder("miaojie_http_responses")
                        .description("HTTP responses, by status.")
                        .tag("status", Integer.toString(code))
                        .register(registry))
                .increment();
    }

    /** Counts a connection that was closed for this reason. */
    public void onConnectionClosed(final String reason) {
        Counter.builder("miaojie_connections_closed")
                .description("Connections closed by the server, by what was awaited of their client in vain.")
                .tag("awaited", reason)
                .register(registry)
                .increment();
    }

    /** Adds the figures of the feed. */
    public void feed(
            final Supplier<Number> readers, final Supplier<Number> dropped, final Supplier<Number> windowEvents) {
        Gauge.builder("miaojie_feed_readers", readers)
                .description("Streams and polls that read the feed.")
                .register(registry);
        FunctionCounter.builder("miaojie_feed_dropped_readers", this, any -> dropped.get()
                        .doubleValue())
                .description("Readers let go because they did not keep up.")
                .register(registry);
        Gauge.builder("miaojie_feed_window_events", windowEvents)
                .description("Events in memory for live readers.")
                .register(registry);
    }

    /** Adds a gauge of one event loop. */
    public void gauge(final String name, final String description, final int loop, final Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("loop", Integer.toString(loop))
                .register(registry);
    }

    /** Returns everything as Prometheus text. */
    public String scrape() {
        return registry.scrape();
    }

    private void gauge(final String name, final String description, final ToDoubleFunction<EngineStatus> figure) {
        Gauge.builder(name, source, any -> figure.applyAsDouble(any.status()))
                .description(description)
                .register(registry);
    }

    /** Two gauges for each table: what it holds, and what it may hold. */
    private void tables(final int count) {
        for (int i = 0; i < count; i++) {
            final int place = i;
            table("miaojie_table_rows", "Rows in use of a table of the core.", place, EngineStatus.Table::rows);
            table("miaojie_table_rows_max", "Rows from which on it refuses.", place, EngineStatus.Table::rowsMax);
        }
    }

    private void table(
            final String name,
            final String description,
            final int place,
            final ToDoubleFunction<EngineStatus.Table> figure) {
        Gauge.builder(
                        name,
                        source,
                        any -> figure.applyAsDouble(any.status().tables().get(place)))
                .description(description)
                .tag("table", source.status().tables().get(place).name())
                .register(registry);
    }

    private void counter(final String name, final String description, final ToDoubleFunction<EngineStatus> figure) {
        FunctionCounter.builder(name, source, any -> figure.applyAsDouble(any.status()))
                .description(description)
                .register(registry);
    }

    /** A gauge for each share of all, as a Prometheus summary names them; quantile 1 is the longest. */
    private void latency(final String name, final String description, final Latency latency) {
        for (final double share : SHARES) {
            Gauge.builder(name, latency, any -> any.seconds(share))
                    .description(description)
                    .tag("quantile", share == 1 ? "1" : Double.toString(share))
                    .register(registry);
        }
    }
}

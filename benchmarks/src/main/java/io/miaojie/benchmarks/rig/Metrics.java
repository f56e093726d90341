package io.miaojie.benchmarks.rig;

/** One reading of {@code /metrics}. */
record Metrics(String text) {
    static Metrics read(final Api api) {
        return new Metrics(api.get("/metrics").toString());
    }

    /** Returns the last record that is in Postgres. */
    long projectedSequence() {
        return value("miaojie_projected_sequence");
    }

    /** Returns the records that are forced but not in Postgres yet. */
    long lagRecords() {
        return value("miaojie_projection_lag_records");
    }

    /** Returns the bytes in the journal since the server started. */
    long journalBytes() {
        return value("miaojie_journal_written_bytes_total");
    }

    /** Returns the last record that is forced. */
    long durableSequence() {
        return value("miaojie_durable_sequence");
    }

    /** Returns how many streams and polls there are. */
    long feedReaders() {
        return value("miaojie_feed_readers");
    }

    /** Returns how many of them were let go. */
    long droppedReaders() {
        return value("miaojie_feed_dropped_readers_total");
    }

    /** Returns the bytes of the heap that are in use. */
    long heapBytes() {
        return text.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private long value(final String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such metric: name=" + name));
    }
}

package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Subject;
import io.miaojie.benchmarks.baseline.MapLoop;
import io.miaojie.benchmarks.baseline.RawChronicle;
import io.miaojie.benchmarks.micro.CoreSubject;
import io.miaojie.benchmarks.micro.DecodeSubject;
import io.miaojie.benchmarks.micro.MemorySubject;
import io.miaojie.benchmarks.micro.ProjectionSubject;
import io.miaojie.benchmarks.micro.ReplaySubject;
import io.miaojie.benchmarks.micro.RingRun;
import io.miaojie.benchmarks.micro.RingSubject;
import io.miaojie.benchmarks.rig.OpenLoop;
import io.miaojie.benchmarks.rig.StartUp;
import io.miaojie.benchmarks.rig.Throughput;
import java.util.Map;
import java.util.function.Supplier;

/** The table of what can be measured in a process of this program. */
final class Subjects {
    static final Map<String, Supplier<Subject>> ALL = Map.ofEntries(
            Map.entry("core", CoreSubject::new),
            Map.entry("map-loop", MapLoop::new),
            Map.entry("ring", () -> new RingSubject(RingRun.Log.NONE)),
            Map.entry("ring-written", () -> new RingSubject(RingRun.Log.OS)),
            Map.entry("ring-forced", () -> new RingSubject(RingRun.Log.SYNC)),
            Map.entry("replay", ReplaySubject::new),
            Map.entry("chronicle", RawChronicle::new),
            Map.entry("decode", DecodeSubject::new),
            Map.entry("memory", MemorySubject::new),
            Map.entry("projection", ProjectionSubject::new),
            Map.entry("bulk", () -> new Throughput(false)),
            Map.entry("bulk-hot-pool", () -> new Throughput(true)),
            Map.entry("latency-hot-pool", () -> new OpenLoop(OpenLoop.Workload.HOT_POOL, 0)),
            Map.entry("latency-spike", () -> new OpenLoop(OpenLoop.Workload.SPIKE, 0)),
            Map.entry("latency-cascades", () -> new OpenLoop(OpenLoop.Workload.CASCADES, 0)),
            Map.entry("start", StartUp::new));

    private Subjects() {}
}

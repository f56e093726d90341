package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The codec at the edge: the JSON of one payment to the bytes of its command, digests included.
 *
 * <pre>
 *   {"id":"p-00000017",...} --&gt; JsonReader --&gt; PaymentForm --&gt; digest, fingerprint --&gt; PaymentCommand
 *                          |&lt;=========================== measured =====================&gt;|
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx1g", JdkOpenings.OPEN_NIO, JdkOpenings.OPEN_INTERNAL_MISC})
public class DecodeBench {
    private final Decoding decoding = new Decoding();
    private int payment;

    /** Decodes the next payment and returns its amount. */
    @Benchmark
    public long payment() {
        return decoding.decode(payment++ & Integer.MAX_VALUE);
    }
}

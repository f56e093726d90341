package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One core decodes bulk lines faster than one settlement thread needs them; the bound is far below what is seen. */
@Timeout(60)
class IngestRateTest {
    private static final Logger LOG = LoggerFactory.getLogger(IngestRateTest.class);

    @Test
    void decodesAtLeastFiftyThousandLinesPerSecond() {
        final JsonReader reader = new JsonReader();
        final PaymentForm form = new PaymentForm(new PayerHash(new SipHash(1, 2)));
        final CommandScratch scratch = new CommandScratch(new Shard(0, false, false, 1, 2));
        final ApiKey key = new ApiKey(1, 0, Role.INGEST, "k", "", false);
        final byte[] line =
                ("{\"type\":\"payment\",\"id\":\"wx4200002026\",\"source\":\"wechat\",\"order_id\":\"O1234567\","
                                + "\"member_id\":\"u88123\",\"amount\":9700,\"currency\":\"CNY\","
                                + "\"paid_at\":\"2026-01-01T12:34:56.789+08:00\"}")
                        .getBytes(StandardCharsets.UTF_8);
        double best = 0;
        for (int round = 0; round < 5; round++) {
            final long from = System.nanoTime();
            for (int i = 0; i < 200_000; i++) {
                reader.open(line, 0, line.length);
                form.read(reader, true);
                form.write(scratch, key, new byte[0]);
            }
            best = Math.max(best, 200_000 / ((System.nanoTime() - from) / 1e9));
        }
        LOG.info("decoded lines per second, best of five rounds: {}", (long) best);
        assertTrue(best > 50_000, "lines/s " + best);
    }
}

package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What patching leaves are payments as a client would write them. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PaymentJsonTest {
    @Test
    void writesAPaymentOfItsBuyer() {
        final PaymentJson json = new PaymentJson(true, "p-", "2026-11-01T00:00:00Z", payment -> 2 * payment);
        final ByteBuffer out = ByteBuffer.allocate(2 * json.length());
        json.put(98, out);
        json.put(177, out);
        final String text = new String(out.array(), json.length(), json.length(), StandardCharsets.US_ASCII);
        final JsonObject payment = new JsonObject(text);
        assertEquals("payment", payment.getString("type"));
        assertEquals("p-00000177", payment.getString("id"));
        assertEquals("p-00000177", payment.getString("order_id"));
        assertEquals(Rewards.memberId(354), payment.getString("member_id"));
        assertEquals(Draws.amountMinor(177), payment.getLong("amount"));
        assertEquals(
                Draws.amountMinor(177),
                payment.getJsonArray("lines").getJsonObject(0).getLong("amount"));
    }
}

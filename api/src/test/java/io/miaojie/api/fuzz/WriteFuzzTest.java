package io.miaojie.api.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.KeyForm;
import io.miaojie.api.message.MerchantForm;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.FormReader;
import io.miaojie.api.message.form.FormWriter;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.problem.BadInput;
import io.miaojie.wire.codec.Role;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes as a body: either a refusal with a place, or a command that a core settles without a fault, its ledger
 * sound behind it. Guided by coverage; without {@code JAZZER_FUZZ=1} the inputs that are kept here run, and nothing
 * else.
 */
@Timeout(600)
class WriteFuzzTest {
    private static final Shard SHARD = new Shard(1, true, false, 7, 9);
    private static final byte[] RANDOM = new byte[16];
    private static final List<Form> FORMS = Forms.ALL.stream()
            .filter(form -> form != Forms.PAYMENT && form != Forms.ACTION)
            .toList();

    private final SmallCore core = new SmallCore();
    private final JsonReader in = new JsonReader();
    private final CommandScratch scratch = new CommandScratch(SHARD);
    private final PayerHash hash = new PayerHash(new SipHash(SHARD.digestKeyLow(), SHARD.digestKeyHigh()));
    private final ApiKey key = new ApiKey(SmallCore.KEY, 0, Role.ADMIN, "k1", "", false);

    @FuzzTest(maxDuration = "5m")
    void aPaymentIsRefusedOrSettled(final byte[] body) {
        final PaymentForm form = new PaymentForm(hash);
        submit(body, () -> {
            form.read(in, body.length % 2 == 0);
            form.write(scratch, key, RANDOM);
        });
    }

    @FuzzTest(maxDuration = "5m")
    void anyOtherWriteIsRefusedOrSettled(final FuzzedDataProvider data) {
        final Form form = FORMS.get(data.consumeInt(0, FORMS.size() - 1));
        final FormReader reader = new FormReader(hash);
        final byte[] body = data.consumeRemainingAsBytes();
        submit(body, () -> {
            reader.read(form, in, key, "o1");
            new FormWriter().write(reader, scratch, RANDOM);
        });
    }

    @FuzzTest(maxDuration = "5m")
    void aDefinitionIsRefusedOrWritten(final byte[] body) {
        submit(body, () -> new MerchantForm(in).write(scratch, key));
        submit(body, () -> new KeyForm(in).write(scratch, key, 0, new byte[32]));
    }

    private void submit(final byte[] body, final Runnable decoding) {
        try {
            in.open(body, 0, body.length);
            decoding.run();
        } catch (final BadInput refusal) {
            return;
        }
        core.settle(scratch.buffer(), scratch.length());
    }
}

package io.miaojie.api.message;

import io.miaojie.api.directory.Text;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.AccountsAnswerDecoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** One page of the merchant's accounts as JSON. */
public final class AccountsView {
    private AccountsView() {}

    public static void write(final JsonWriter out, final DirectBuffer buffer, final int offset) {
        final AccountsAnswerDecoder answer =
                new AccountsAnswerDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final int next = answer.next();
        out.beginObject().name("accounts").beginArray();
        answer.accounts().forEach(account -> {
            out.beginObject()
                    .field("account", Text.of(account.nameLength(), account::getName))
                    .field("currency", Currencies.code(account.currency()))
                    .field("balance", account.balanceMinor());
            if (account.mode() != FundingMode.NULL_VAL) {
                out.field("mode", account.mode().name().toLowerCase(Locale.ROOT));
            }
            out.endObject();
        });
        out.endArray().name("next_cursor");
        if (next < 0) {
            out.nothing();
        } else {
            out.value(Integer.toString(next));
        }
        out.endObject();
    }
}

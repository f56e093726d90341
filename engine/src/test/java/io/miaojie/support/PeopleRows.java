package io.miaojie.support;

import io.miaojie.support.PeopleMessages.Registration;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.WithdrawalState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of a {@link Scenario} about people and their money. Verbs:
 *
 * <pre>
 * register U1 identities=a,b referrer=U2 visitor=v1 bound=-1d at=-1h draw=5
 * register U1 grade=3 roles=4 store=s1 channel=app metadata=text
 * bind     U1 referrer=U2
 * target   T1 url=https://a.example
 * link     K1 owner=U1 target=T1 campaign=C1 channel=app expires=+1d     its token is the name, unless token=...
 * touch    t1 token=K1 visitor=v1 member=U1 at=-1h
 * payouts  min=1 max=100 per-day=200 approved-up-to=50 fee-min=1 fee=10000 tax=0 count=3 free=1 cut-off=960
 * withdraw W1 member=U1 amount=100 payee=a
 * decide   W1 approve
 * submit   W1
 * report   W1 SUCCEEDED bill=b1
 * adjust   A1 member=U1 amount=-5 bucket=spendable
 * fund     F1 funder=platform amount=5 mode=prepaid
 * member   U1
 * withdrawal W1
 * </pre>
 *
 * The id of a request is the row, unless {@code id=...}.
 */
final class PeopleRows {
    private PeopleRows() {}

    static UnsafeBuffer encode(final ScenarioRow row, final int key) {
        final String id = row.option("id", row.text());
        final String currency = row.option("currency", "CNY");
        return switch (row.verb()) {
            case "register" -> PeopleMessages.register(key, id, registration(row), profile(row));
            case "bind" -> PeopleMessages.bindReferrer(key, id, row.name(), row.option("referrer", ""));
            case "target" -> PeopleMessages.defineTarget(key, row.name(), row.option("url", "https://a.example"));
            case "link" -> link(row, key);
            case "touch" ->
                PeopleMessages.touch(
                        key,
                        row.name(),
                        row.option("token", ""),
                        row.option("visitor", ""),
                        row.option("member", ""),
                        row.timeNs("at"));
            case "withdraw" ->
                PeopleMessages.requestWithdrawal(
                        key,
                        row.name(),
                        row.option("member", ""),
                        row.number("amount", 0),
                        currency,
                        row.option("payee", ""));
            case "payouts" -> PeopleMessages.definePayoutTerms(key, id, currency, row);
            case "decide" -> PeopleMessages.decideWithdrawal(key, id, row.name(), Decision.valueOf(third(row)));
            case "submit" -> PeopleMessages.submitWithdrawal(key, id, row.name());
            case "report" ->
                PeopleMessages.reportWithdrawal(
                        key, id, row.name(), WithdrawalState.valueOf(third(row)), row.option("bill", ""));
            case "adjust" -> adjust(row, key, currency);
            case "fund" -> fund(row, key, currency);
            case "member" -> PeopleMessages.memberQuery(key, row.name());
            case "withdrawal" -> PeopleMessages.withdrawalQuery(key, row.name());
            default -> throw new IllegalArgumentException(row.text());
        };
    }

    private static String third(final ScenarioRow row) {
        return row.words().get(2).toUpperCase(Locale.ROOT);
    }

    private static Registration registration(final ScenarioRow row) {
        final byte[] random = row.options().containsKey("draw")
                ? ByteBuffer.allocate(16)
                        .putLong(row.number("draw", 0))
                        .putLong(row.number("draw", 0))
                        .array()
                : new byte[0];
        return new Registration(
                row.name(),
                List.of(row.list("identities")),
                row.option("referrer", ""),
                row.option("visitor", ""),
                row.timeNs("bound"),
                row.timeNs("at"),
                random);
    }

    private static PeopleMessages.Profile profile(final ScenarioRow row) {
        final PeopleMessages.Profile usual = PeopleMessages.Profile.USUAL;
        return new PeopleMessages.Profile(
                (int) row.number("grade", usual.grade()),
                (int) row.number("roles", usual.roles()),
                row.option("store", ""),
                row.option("channel", ""),
                row.option("metadata", ""));
    }

    private static UnsafeBuffer link(final ScenarioRow row, final int key) {
        return PeopleMessages.createLink(
                key,
                row.option("id", row.text()),
                row.option("token", row.name()),
                row.option("owner", ""),
                row.option("target", "T1"),
                new String[] {row.option("campaign", ""), row.option("channel", "")},
                row.timeNs("expires"));
    }

    private static UnsafeBuffer adjust(final ScenarioRow row, final int key, final String currency) {
        final Bucket bucket =
                Bucket.valueOf(row.option("bucket", "withdrawable").toUpperCase(Locale.ROOT));
        return PeopleMessages.adjustPool(
                key, row.name(), row.option("member", ""), bucket, row.number("amount", 0), currency);
    }

    private static UnsafeBuffer fund(final ScenarioRow row, final int key, final String currency) {
        final FundingMode mode = row.options().containsKey("mode")
                ? FundingMode.valueOf(row.option("mode", "").toUpperCase(Locale.ROOT))
                : FundingMode.NULL_VAL;
        return PeopleMessages.fund(
                key, row.name(), row.option("funder", "platform"), row.number("amount", 0), currency, mode);
    }
}

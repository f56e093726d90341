package io.miaojie.simulation;

import static io.miaojie.simulation.Words.put;

import io.miaojie.wire.codec.ChangeCampaignStateCommandEncoder;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateLinkCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import io.miaojie.wire.codec.DefinePayoutTermsCommandEncoder;
import io.miaojie.wire.codec.DefineTargetCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the deeds that define something. */
final class DefinitionWords {
    private DefinitionWords() {}

    static UnsafeBuffer of(final Deed.Merchant deed) {
        final UnsafeBuffer buffer = Words.room();
        final CreateMerchantCommandEncoder command =
                new CreateMerchantCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.utcOffsetMinutes((short) deed.offsetMinutes())
                .currency(Words.currency(deed.currency()))
                .bindingMode(deed.mode())
                .bindingDays(deed.days())
                .rewardCapPpm(deed.capPpm());
        put(command::putId, deed.head().id());
        put(command::putName, "a shop");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.DefinePayouts deed) {
        final UnsafeBuffer buffer = Words.room();
        final DefinePayoutTermsCommandEncoder command =
                new DefinePayoutTermsCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final World.PayoutTerms terms = deed.terms();
        command.amountMinMinor(terms.min())
                .amountMaxMinor(terms.max())
                .amountPerDayMinor(terms.perDay())
                .approvedUpToMinor(terms.approvedUpTo())
                .feeMinMinor(terms.feeMin())
                .feePpm(terms.feePpm())
                .taxPpm(terms.taxPpm())
                .countPerDay(terms.countPerDay())
                .freePerDay(terms.freePerDay())
                .cutOffMinute(terms.cutOffMinute())
                .currency(Words.currency(deed.currency()));
        put(command::putId, deed.head().id());
        put(command::putActor, "operator");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.MakeKey deed) {
        final UnsafeBuffer buffer = Words.room();
        final CreateKeyCommandEncoder command =
                new CreateKeyCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.role(deed.role());
        for (int i = 0; i < CreateKeyCommandEncoder.secretHashLength(); i++) {
            command.secretHash(i, (short) (deed.keyId().hashCode() >>> i % 4 * Byte.SIZE & 0xFF));
        }
        put(command::putId, deed.keyId());
        put(command::putMerchantId, deed.merchant());
        put(command::putStoreId, deed.store());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.RevokeKey deed) {
        final UnsafeBuffer buffer = Words.room();
        final RevokeKeyCommandEncoder command =
                new RevokeKeyCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putId, deed.keyId());
        put(command::putMerchantId, deed.merchant());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Define deed) {
        final UnsafeBuffer buffer = Words.room();
        final DefineCampaignCommandEncoder command =
                new DefineCampaignCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.expectedVersion(deed.after())
                .kind((short) deed.kind())
                .currency(Words.currency(deed.currency()))
                .startsAtNs(deed.startsNs())
                .endsAtNs(deed.endsNs())
                .budgetAmountMinor(deed.budgets().get(0))
                .budgetCount(deed.budgets().get(1))
                .budgetPerDayMinor(deed.budgets().get(2))
                .budgetPerMemberMinor(deed.budgets().get(3))
                .priority((short) deed.priority())
                .holdPolicy(deed.hold())
                .holdDays(deed.holdDays())
                .instantPpm(deed.instantPpm());
        putTerms(command, deed);
        final DefineCampaignCommandEncoder.StoresEncoder stores =
                command.storesCount(deed.stores().size());
        deed.stores().forEach(store -> put(stores.next()::putId, store));
        final DefineCampaignCommandEncoder.ChannelsEncoder channels =
                command.channelsCount(deed.channels().size());
        deed.channels().forEach(channel -> put(channels.next()::putId, channel));
        put(command::putId, deed.campaign());
        put(command::putFunder, deed.funder());
        put(command::putMetadata, "");
        put(command::putExclusiveGroup, deed.group());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    private static void putTerms(final DefineCampaignCommandEncoder command, final Deed.Define deed) {
        final DefineCampaignCommandEncoder.ScalarsEncoder scalars =
                command.scalarsCount(deed.scalars().size());
        deed.scalars()
                .forEach((term, value) -> scalars.next().term(term.shortValue()).value(value));
        final long cellCount = deed.rows().values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(value -> value >= 0)
                .count();
        final DefineCampaignCommandEncoder.CellsEncoder cells = command.cellsCount((int) cellCount);
        deed.rows().forEach((term, rows) -> putRows(cells, term, rows));
        final int idCount = deed.lists().values().stream().mapToInt(List::size).sum();
        final DefineCampaignCommandEncoder.IdsEncoder ids = command.idsCount(idCount);
        deed.lists().forEach((term, list) -> list.forEach(id -> put(ids.next().term(term.shortValue())::putId, id)));
    }

    private static void putRows(
            final DefineCampaignCommandEncoder.CellsEncoder cells, final int term, final List<List<Long>> rows) {
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                final long value = rows.get(row).get(column);
                if (value >= 0) {
                    cells.next()
                            .term((short) term)
                            .row(row)
                            .column((short) column)
                            .value(value);
                }
            }
        }
    }

    static UnsafeBuffer of(final Deed.ChangeState deed) {
        final UnsafeBuffer buffer = Words.room();
        final ChangeCampaignStateCommandEncoder command =
                new ChangeCampaignStateCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.state(deed.state());
        put(command::putRequestId, deed.head().id());
        put(command::putId, deed.campaign());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Target deed) {
        final UnsafeBuffer buffer = Words.room();
        final DefineTargetCommandEncoder command =
                new DefineTargetCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putId, deed.head().id());
        put(command::putUrl, deed.url());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Link deed) {
        final UnsafeBuffer buffer = Words.room();
        final CreateLinkCommandEncoder command =
                new CreateLinkCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.expiresAtNs(deed.expiresNs());
        put(command::putId, deed.head().id());
        put(command::putToken, deed.token());
        put(command::putOwnerId, deed.owner());
        put(command::putTargetId, deed.target());
        put(command::putCampaignId, deed.campaign());
        put(command::putChannel, deed.channel());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }
}

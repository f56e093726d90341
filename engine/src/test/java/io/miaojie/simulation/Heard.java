package io.miaojie.simulation;

import io.miaojie.settlement.Settlement;
import io.miaojie.support.Reply;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.ConflictAnswerDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RefusedAnswerDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.SeenAnswerDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the core said to one message, as words that can be held against those of the model. */
final class Heard {
    private static final Map<Integer, String> CODES = codes();

    /** How a message ended. */
    enum End {
        DONE,
        REFUSED,
        TURNED_AWAY,
        SEEN,
        CONFLICT
    }

    /** Entities by name, each with its state after the record. */
    final Map<String, String> entities = new TreeMap<>();

    /** What an entity that is only told of has in {@link #changes}. */
    static final String NO_CHANGE = "0 0";

    /** What changed of grants, and which members were bound, by name. */
    final Map<String, String> changes = new TreeMap<>();

    final List<String> skips = new ArrayList<>();
    final End end;
    final String code;
    int status;
    long firstSequence;
    private final List<Integer> pools = new ArrayList<>();
    private int currency;
    private int order = -1;

    /** What goes before a group that orders opened. */
    private String instance = "";

    private Heard(final End end, final String code) {
        this.end = end;
        this.code = code;
    }

    private static Map<Integer, String> codes() {
        final Map<Integer, String> codes = new TreeMap<>();
        for (final ResultCode code : ResultCode.values()) {
            codes.put(code.number(), code.name());
        }
        for (final KindDescriptor kind : Settlement.kinds()) {
            for (final CodeDescriptor code : kind.codes()) {
                codes.put(code.number(), kind.name() + "." + code.name());
            }
        }
        return codes;
    }

    static String code(final int number) {
        return CODES.getOrDefault(number, "UNKNOWN_CODE_" + number);
    }

    static Heard of(final Reply reply) {
        return switch (reply.templateId()) {
            case SeenAnswerDecoder.TEMPLATE_ID, ConflictAnswerDecoder.TEMPLATE_ID -> repeat(reply);
            case RefusedOutcomeDecoder.TEMPLATE_ID -> new Heard(End.REFUSED, code(reply.codeNumber()));
            case RefusedAnswerDecoder.TEMPLATE_ID -> new Heard(End.TURNED_AWAY, code(reply.codeNumber()));
            case SettledOutcomeDecoder.TEMPLATE_ID -> settled(reply);
            case DefinedOutcomeDecoder.TEMPLATE_ID -> defined(reply);
            default -> new Heard(End.DONE, code(reply.codeNumber()));
        };
    }

    private static Heard repeat(final Reply reply) {
        final boolean isSeen = reply.templateId() == SeenAnswerDecoder.TEMPLATE_ID;
        final Heard heard = new Heard(isSeen ? End.SEEN : End.CONFLICT, "");
        heard.firstSequence = new SeenAnswerDecoder() // both begin with the sequence
                .wrap(reply.buffer(), MessageHeaderDecoder.ENCODED_LENGTH, SeenAnswerDecoder.BLOCK_LENGTH, 0)
                .firstSequence();
        return heard;
    }

    private static Heard defined(final Reply reply) {
        final DefinedOutcomeDecoder outcome = reply.defined();
        final Heard heard = new Heard(End.DONE, code(outcome.code()));
        heard.entities.put("defined", outcome.index() + " v" + outcome.version() + " m" + outcome.merchantIndex());
        return heard;
    }

    private static Heard settled(final Reply reply) {
        final SettledOutcomeDecoder outcome =
                new SettledOutcomeDecoder().wrapAndApplyHeader(reply.buffer(), 0, new MessageHeaderDecoder());
        final Heard heard = new Heard(End.DONE, code(outcome.code()));
        heard.currency = outcome.currency();
        heard.status = outcome.status();
        final UnsafeBuffer effects = new UnsafeBuffer();
        outcome.wrapEffects(effects);
        heard.read(effects);
        return heard;
    }

    /** Reads the effects of an answer to a query. */
    static Heard effects(final DirectBuffer effects, final int currency) {
        final Heard heard = new Heard(End.DONE, "OK");
        heard.currency = currency;
        heard.read(effects);
        return heard;
    }

    private void read(final DirectBuffer effects) {
        final EffectsReader reader = new EffectsReader().wrap(effects, 0, effects.capacity());
        while (reader.next()) {
            switch (reader.type()) {
                case POOL -> readPool(reader);
                case GRANT -> readGrant(reader);
                case SKIP -> skips.add("v" + reader.version() + " L" + reader.level() + " " + code(reader.skipCode()));
                case ORDER -> readOrder(reader);
                case REFUND_ORDER ->
                    entities.put(
                            Names.refundOrder(reader.madeSequence(), reader.ordinal()),
                            reader.refundOrderState() + " " + reader.amountMinor() + " " + code(reader.reason()) + " "
                                    + reader.refundOrderCurrency() + " of " + reader.paymentSequence());
                case WITHDRAWAL -> readWithdrawal(reader);
                case MEMBER -> readMember(reader);
                case NOTE -> readNote(reader);
            }
        }
    }

    private void readPool(final EffectsReader reader) {
        pools.add(reader.member());
        final long[] buckets = new long[5];
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            buckets[bucket] = reader.bucketMinor(bucket);
        }
        entities.put(Names.pool(reader.member(), currency), Names.buckets(buckets));
    }

    private void readGrant(final EffectsReader reader) {
        final int member = pools.get(reader.pool());
        final String name = Names.grant(order, member, reader.version(), reader.level());
        entities.put(
                name,
                "m" + member + " credited=" + reader.creditedMinor() + " pending=" + reader.pendingMinor() + " instant="
                        + reader.instantMinor() + " clawed=" + reader.clawedMinor() + " released="
                        + reader.isReleased() + " at=" + reader.releaseAtNs() + " drawn=" + reader.drawn());
        changes.put(name, reader.creditedChangeMinor() + " " + reader.clawedChangeMinor());
    }

    private void readOrder(final EffectsReader reader) {
        order = reader.order();
        if (order < 0) {
            return;
        }
        final String said = reader.orderState() + " m" + reader.orderMember();
        final String rest = !reader.isOrderExtended()
                ? ""
                : " payable=" + reader.payableMinor() + " captured=" + reader.capturedMinor() + " refunded="
                        + reader.refundedMinor() + " pool=" + reader.poolSpendableMinor() + "+"
                        + reader.poolWithdrawableMinor() + "-" + reader.poolReturnedMinor() + " by="
                        + reader.payByNs() + " until=" + reader.holdUntilNs() + " flags=" + reader.orderFlags();
        entities.put(Names.order(order), said + rest);
    }

    private void readWithdrawal(final EffectsReader reader) {
        entities.put(
                Names.withdrawal(reader.withdrawalIndex()),
                reader.withdrawalState() + (reader.isQueryDue() ? " due" : "") + " m" + pools.get(reader.pool())
                        + " " + reader.madeSequence() + " " + reader.amountMinor() + " " + reader.feeMinor() + " "
                        + reader.taxMinor());
    }

    private void readMember(final EffectsReader reader) {
        changes.put(Names.member(reader.member()), reader.isMemberBound() ? "bound" : NO_CHANGE);
        entities.put(
                Names.member(reader.member()),
                (reader.isMemberProvisional() ? "provisional" : "full") + " parent=" + reader.referrer() + " until="
                        + reader.boundUntilNs());
    }

    private void readNote(final EffectsReader reader) {
        final byte[] text = new byte[reader.idLength()];
        reader.buffer().getBytes(reader.idOffset(), text);
        final String words = new String(text, StandardCharsets.UTF_8);
        if (reader.note() == EffectNote.CURRENCY) {
            currency = (int) reader.noteFirst();
        } else if (reader.note() == EffectNote.CAMPAIGN) {
            entities.put(Names.campaign((int) reader.noteFirst()), Long.toString(reader.noteSecond()));
        } else if (reader.note() == EffectNote.INSTANCE) {
            instance = " until=" + reader.noteNumber(1) + " by=" + (reader.noteNumber(2) - 1) + " " + words;
        } else if (reader.note() == EffectNote.GROUP) {
            entities.put("group g" + reader.noteNumber(1), numbers(reader, 4, 13) + instance);
            instance = "";
        } else if (reader.note() == EffectNote.ENTRY) {
            entities.put(
                    "entry e" + reader.noteNumber(2),
                    "v" + reader.noteNumber(0) + " g" + reader.noteNumber(1) + " o" + reader.noteNumber(3) + " m"
                            + reader.noteNumber(4) + " " + numbers(reader, 5, 10) + " " + words);
        } else if (reader.note() == EffectNote.RISK) {
            entities.put(
                    Names.review((int) reader.noteNumber(1)),
                    RiskVerdict.get((short) reader.noteNumber(0)) + " " + code((int) reader.noteNumber(2)) + " until="
                            + reader.noteNumber(3) + " " + words);
        } else if (reader.note() == EffectNote.LINK) {
            entities.put(Names.link((int) reader.noteFirst()), words + " until=" + reader.noteSecond());
        } else if (reader.note() == EffectNote.ACCOUNT) {
            final long zigzag = reader.noteFirst();
            entities.put("account " + words, Long.toString(zigzag >>> 1 ^ -(zigzag & 1)));
        }
    }

    private static String numbers(final EffectsReader reader, final int from, final int end) {
        return IntStream.range(from, end)
                .mapToObj(place -> Long.toString(reader.noteNumber(place)))
                .collect(Collectors.joining(" "));
    }

    /** Adds what a later record of the same step said. */
    void join(final Heard later) {
        entities.putAll(later.entities);
        skips.addAll(later.skips);
    }

    @Override
    public String toString() {
        return end + " " + code + " status=" + status + " " + entities + " skips=" + skips + " changes=" + changes;
    }
}

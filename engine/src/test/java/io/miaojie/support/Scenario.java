package io.miaojie.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.codec.AccountsAnswerDecoder;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CampaignAnswerDecoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ConflictAnswerDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.PoolAnswerDecoder;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs a table of commands and expectations against a core. After each row the invariants hold, and a refusal has left
 * the state as it was. Verbs:
 *
 * <pre>
 * limits   members=1 ...                                 before anything else
 * shard    [sandbox]
 * merchant M1 offset=480 currency=CNY by=K0              K0 is the node's own key
 * key      K1 merchant=M1 role=admin store=S1 by=K0
 * revoke   K1 merchant=M1 by=K0
 * campaign C1 rate_ppm=10000 tiers=0:10000ppm,5000:300 budget=100 ends=+2d after=1 by=K1
 * state    C1 PAUSED id=R1
 * pay      P1 member=U1 amount=1000 lines=A/tea/500,B//500 at=-1h   -> CAPTURED C1=10 C2:ENDED *:LINES_MISMATCH
 * pool     U1 by=K1                                      -> MEMBER_UNKNOWN
 * tick     +61s
 * restart
 * expect   U1.spendable 10  C1.granted 10  members 1  U1.parent U2  ~transit 5  F1.available.live 3  O1.F1.seat SOLD
 * expect   O1.place PAID  O1.group FORMING  O1.held.group 2
 * </pre>
 *
 * and those of {@link OrderRows}, {@link PeopleRows} and {@link RiskRows}.
 */
public final class Scenario {
    private static final String DEFAULT_KEY = "K1";

    /** A member that the command names was made, and nobody brought it: the row says so itself. */
    private static final String MADE_AS_NAMED = "+<";

    private final Map<String, Integer> keys = new HashMap<>(Map.of("K0", Commands.NODE_KEY, "K99", 99));
    private final Map<Integer, String> versions = new HashMap<>();
    private static final Pattern GROUP_OF = Pattern.compile("\\{(\\w+)}");
    private final Set<Integer> codes = new TreeSet<>();
    private StateLimits limits = CoreRunner.SMALL;
    private final EffectsText words = new EffectsText(versions::get, Scenario::name);
    private CoreRunner runner = new CoreRunner(limits);

    /** Runs the rows; blank ones and those that begin with # say nothing. */
    public Scenario run(final String table) {
        table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> run(ScenarioRow.parse(named(line))));
        return this;
    }

    /** Sends a command, whatever comes of it. */
    public Reply send(final String text) {
        final ScenarioRow row = ScenarioRow.parse(text);
        final Reply reply = runner.settle(encode(row));
        remember(row, reply);
        return reply;
    }

    /** Puts the id of the group that the newest seat of O1 is in, in the place of {@code {O1}}. */
    private String named(final String line) {
        return GROUP_OF.matcher(line)
                .replaceAll(match -> RosterText.groupId(runner.core().state(), match.group(1)));
    }

    /** Returns the numbers of all codes that the core has said. */
    public Set<Integer> codes() {
        return codes;
    }

    public CoreRunner runner() {
        return runner;
    }

    private void run(final ScenarioRow row) {
        switch (row.verb()) {
            case "limits" -> limit(row);
            case "tick" -> runner.advance(ScenarioRow.durationNs(row.name()));
            case "restart" -> restart();
            case "expect" -> expect(row);
            default -> send(row);
        }
        assertEquals(List.of(), Invariants.check(runner.core().state()), row.text());
    }

    private void limit(final ScenarioRow row) {
        final StateLimits small = CoreRunner.SMALL;
        limits = new StateLimits(
                (int) row.number("members", small.membersMax()),
                (int) row.number("pools", small.poolsMax()),
                (int) row.number("orders", small.ordersMax()),
                (int) row.number("grants", small.grantsMax()),
                (int) row.number("ids", small.keysMax()),
                (int) row.number("merchants", small.merchantsMax()),
                (int) row.number("keys", small.apiKeysMax()),
                (int) row.number("campaigns", small.campaignsMax()),
                (int) row.number("counters", small.countersMax()),
                new PeopleLimits(
                        (int) row.number("identities", small.people().identitiesMax()),
                        (int) row.number("targets", small.people().targetsMax()),
                        (int) row.number("links", small.people().linksMax()),
                        (int) row.number("touches", small.people().touchesMax()),
                        (int) row.number("withdrawals", small.people().withdrawalsMax())));
        runner = new CoreRunner(limits);
    }

    private void restart() {
        final byte[] before = runner.saved();
        runner.restart(limits);
        assertArrayEquals(before, runner.saved());
    }

    private void send(final ScenarioRow row) {
        final byte[] before = facts();
        final Reply reply = runner.settle(encode(row));
        final List<String> said = say(row, reply);
        if (reply.isRefusal() || !reply.isJournaled()) {
            assertArrayEquals(before, facts(), "state changed: " + row.text());
        }
        remember(row, reply);
        final List<String> expected = row.expected().isEmpty() ? List.of("OK") : row.expected();
        if (row.expected().isEmpty() && reply.templateId() == SettledOutcomeDecoder.TEMPLATE_ID) {
            return; // done, in whatever words
        }
        if (!row.verb().equals("pay") || !row.expected().isEmpty()) {
            assertEquals(expected, said, row.text());
        }
    }

    private UnsafeBuffer encode(final ScenarioRow row) {
        final int node = keys.get(row.option("by", "K0"));
        final int key = keys.getOrDefault(row.option("by", DEFAULT_KEY), 1);
        final String merchant = row.option("merchant", "M1");
        return switch (row.verb()) {
            case "shard" -> Commands.openShard(1, row.words().contains("sandbox"));
            case "merchant" -> merchant(row, node);
            case "key" -> key(row, node, merchant);
            case "revoke" -> Commands.revokeKey(node, row.name(), merchant);
            case "campaign" -> campaign(row, key);
            case "state" ->
                Commands.changeState(
                        key,
                        row.option("id", row.text()),
                        row.name(),
                        CampaignState.valueOf(row.words().get(2)));
            case "pool" -> Commands.poolQuery(key, row.name());
            case "query" -> Commands.campaignQuery(key, row.name());
            case "risk", "review" -> RiskRows.encode(row, key);
            default -> OrderRows.VERBS.contains(row.verb()) ? OrderRows.encode(row, key) : PeopleRows.encode(row, key);
        };
    }

    private static UnsafeBuffer merchant(final ScenarioRow row, final int by) {
        final UnsafeBuffer command =
                Commands.createMerchant(row.name(), (int) row.number("offset", 480), row.option("currency", "CNY"));
        if (row.options().containsKey("mode")) {
            final BindingMode mode = BindingMode.valueOf(row.option("mode", "").toUpperCase(Locale.ROOT));
            PeopleMessages.setBinding(command, mode, (int) row.number("days", 0));
        }
        if (row.options().containsKey("cap")) {
            new CreateMerchantCommandEncoder()
                    .wrap(command, MessageHeaderEncoder.ENCODED_LENGTH)
                    .rewardCapPpm((int) row.number("cap", 0));
        }
        return Commands.withKey(command, by, row.option("id", row.text()));
    }

    private static UnsafeBuffer key(final ScenarioRow row, final int by, final String merchant) {
        final Role role = Role.valueOf(row.option("role", "admin").toUpperCase(Locale.ROOT));
        final UnsafeBuffer command = Commands.createKey(by, row.name(), merchant, role, row.option("store", ""));
        return Commands.withKey(command, by, row.option("id", row.text()));
    }

    private static UnsafeBuffer campaign(final ScenarioRow row, final int key) {
        final CampaignDraft draft = Commands.campaign(key, row.name())
                .after((int) row.number("after", 0))
                .kind((int) row.number("kind", 1))
                .currency(Commands.currency(row.option("currency", "CNY")))
                .funder(row.option("funder", "platform"))
                .window(row.timeNs("starts"), row.timeNs("ends"))
                .budgetAmount(row.number("budget", -1))
                .budgetCount(row.number("count", -1))
                .budgetPerDay(row.number("per_day", -1))
                .budgetPerMember(row.number("per_member", -1))
                .stores(row.list("stores"))
                .channels(row.list("channels"))
                .priority((int) row.number("priority", 0))
                .group(row.option("group", ""));
        if (row.options().containsKey("hold")) {
            final String[] hold = row.option("hold", "").split(":");
            final int days = hold.length > 1 ? Integer.parseInt(hold[1]) : 0;
            draft.hold(HoldPolicy.valueOf(hold[0]), days, (int) row.number("instant", 1_000_000));
        }
        terms(row, draft);
        final String[] tiers = row.list("tiers");
        for (int tier = 0; tier < tiers.length; tier++) {
            final String[] cells = tiers[tier].split(":");
            draft.cell(CampaignDraft.TIERS, tier, 0, Long.parseLong(cells[0]));
            final boolean isRate = cells[1].endsWith("ppm");
            draft.cell(CampaignDraft.TIERS, tier, isRate ? 1 : 2, Long.parseLong(cells[1].replace("ppm", "")));
        }
        return Commands.withKey(draft.encode(), key, row.option("id", row.text()));
    }

    /** Sets every term that the row names as the kind's descriptor does. */
    private static void terms(final ScenarioRow row, final CampaignDraft draft) {
        final KindDescriptor kind = Settlement.kinds().stream()
                .filter(known -> known.number() == row.number("kind", 1))
                .findFirst()
                .orElse(Settlement.kinds().get(0));
        for (int term = 0; term < kind.terms().size(); term++) {
            final TermDescriptor descriptor = kind.terms().get(term);
            if (descriptor.shape() == TermDescriptor.Shape.SCALAR) {
                scalar(row, descriptor.name(), draft, term);
            } else if (descriptor.shape() == TermDescriptor.Shape.IDS) {
                draft.listed(term, row.list(descriptor.name()));
            } else if (!descriptor.name().equals("tiers")) {
                table(row.list(descriptor.name()), draft, term);
            }
        }
    }

    /** Fills a table from {@code 0:1,2:3}: a row for each entry, a cell for each number. */
    private static void table(final String[] rows, final CampaignDraft draft, final int term) {
        for (int i = 0; i < rows.length; i++) {
            final String[] cells = rows[i].split(":");
            for (int column = 0; column < cells.length; column++) {
                if (!cells[column].isEmpty()) {
                    draft.cell(term, i, column, Long.parseLong(cells[column]));
                }
            }
        }
    }

    private static void scalar(final ScenarioRow row, final String name, final CampaignDraft draft, final int term) {
        if (row.options().containsKey(name)) {
            draft.scalar(term, row.number(name, 0));
        }
    }

    /** Remembers which place a name got. */
    private void remember(final ScenarioRow row, final Reply reply) {
        if (reply.isJournaled() && !reply.isRefusal()) {
            if (row.verb().equals("key")) {
                keys.put(row.name(), reply.defined().index());
            }
            if (row.verb().equals("campaign")) {
                versions.put(reply.defined().index(), row.name());
            }
        }
    }

    private List<String> say(final ScenarioRow row, final Reply reply) {
        if (reply.isSeen()) {
            return List.of("SEEN");
        }
        if (reply.templateId() == ConflictAnswerDecoder.TEMPLATE_ID) {
            return List.of("CONFLICT");
        }
        codes.add(reply.codeNumber());
        final List<String> said = sayWithEffects(reply);
        if (reply.templateId() == SettledOutcomeDecoder.TEMPLATE_ID && OrderRows.VERBS.contains(row.verb())) {
            said.set(0, status(row, reply.settled().status()));
            said.remove(MADE_AS_NAMED);
        }
        return said;
    }

    /** Says the code, then what changed, of replies that tell it as effects. */
    private List<String> sayWithEffects(final Reply reply) {
        final List<String> said = new ArrayList<>(List.of(name(reply.codeNumber())));
        final EffectsReader effects = reply.effects();
        said.addAll(words.say(effects));
        codes.addAll(words.codes());
        return said;
    }

    private static String name(final int code) {
        return Arrays.stream(ResultCode.values())
                .filter(known -> known.number() == code)
                .map(ResultCode::name)
                .findFirst()
                .orElseGet(() -> Settlement.kinds().stream()
                        .flatMap(kind -> kind.codes().stream())
                        .filter(known -> known.number() == code)
                        .map(CodeDescriptor::name)
                        .findFirst()
                        .orElseThrow());
    }

    private void expect(final ScenarioRow row) {
        for (int i = 1; i + 1 < row.words().size(); i += 2) {
            assertEquals(row.words().get(i + 1), value(row.words().get(i)), row.text());
        }
    }

    /** Reads one value, as a row {@code expect} does. */
    public String value(final String what) {
        final String[] path = what.split("\\.");
        return switch (path[path.length - 1]) {
            case "members" -> Integer.toString(runner.core().state().members().count());
            case "identities" ->
                Integer.toString(runner.core().state().identities().count());
            case "orders" -> Integer.toString(runner.core().state().orders().count());
            case "timers" -> Integer.toString(runner.core().state().timers().count());
            case "granted" -> Long.toString(campaign(path[0]).grantedMinor());
            case "count" -> Long.toString(campaign(path[0]).grantedCount());
            case "version" -> Integer.toString(campaign(path[0]).version());
            case "state" -> campaign(path[0]).state().name();
            case "parent" -> parent(path[0]);
            case "order", "payable", "captured", "refunded", "returned", "delivered", "frozen" ->
                OrderText.order(orderOf(path[0]), path[1]);
            case "back" -> OrderText.back(orderOf(path[0]), Scenario::name, codes);
            case "credited", "clawed", "held", "instant", "released", "drawn" ->
                OrderText.grant(orderOf(path[0]), path, versions::get);
            case "goesback" -> OrderText.goesBack(orderOf(path[0]), Scenario::name, codes);
            case "phase" -> RosterText.phase(instance(path[0], ""));
            case "live" -> RosterText.counter(instance(path[0], ""), path[1]);
            case "group" -> RosterText.group(runner.core().state(), path[0], path.length > 2 ? path[1] : "");
            case "place" -> RosterText.place(runner.core().state(), path[0]);
            case "seat" -> RosterText.state(instance(path[1], path[0]));
            default -> what.startsWith("~") || path[0].startsWith("@") ? account(what) : Long.toString(bucket(path));
        };
    }

    private EffectsReader orderOf(final String order) {
        return runner.settle(OrderMessages.orderQuery(keys.get(DEFAULT_KEY), order))
                .effects();
    }

    private Reply instance(final String campaign, final String id) {
        return runner.settle(OrderMessages.instanceQuery(keys.get(DEFAULT_KEY), campaign, id));
    }

    private static String status(final ScenarioRow row, final int status) {
        return switch (row.verb()) {
            case "pay" -> PaymentStatus.get((short) status).name();
            case "refund", "deliver" -> RefundResult.get((short) status).name();
            case "clock", "act" -> "OK";
            default -> OrderState.get((short) status).name();
        };
    }

    private String parent(final String member) {
        final String said = sayWithEffects(runner.settle(PeopleMessages.memberQuery(keys.get(DEFAULT_KEY), member)))
                .get(1);
        return said.substring(said.indexOf('<') + 1);
    }

    /** Reads the balance of an account in CNY: {@code ~transit}, or {@code @platform} of a funder. */
    private String account(final String what) {
        final Reply reply = runner.settle(PeopleMessages.accountsQuery(keys.get(DEFAULT_KEY), 0, 1_000));
        for (final AccountsAnswerDecoder.AccountsDecoder account :
                reply.accounts().accounts()) {
            final long balance = account.balanceMinor();
            final boolean isInCny = account.currency() == Commands.currency("CNY");
            final byte[] name = new byte[account.nameLength()];
            account.getName(name, 0, name.length);
            if (isInCny && new String(name, StandardCharsets.UTF_8).equals(what.replace("@", ""))) {
                return Long.toString(balance);
            }
        }
        return "0";
    }

    private CampaignAnswerDecoder campaign(final String id) {
        final Reply reply = runner.settle(Commands.campaignQuery(keys.get(DEFAULT_KEY), id));
        return new CampaignAnswerDecoder().wrapAndApplyHeader(reply.buffer(), 0, new MessageHeaderDecoder());
    }

    /** Reads {@code U1.spendable} or {@code U1.USD.spendable}, or another bucket. */
    private long bucket(final String[] path) {
        final int currency = Commands.currency(path.length > 2 ? path[1] : "CNY");
        final Reply reply = runner.settle(Commands.poolQuery(keys.get(DEFAULT_KEY), path[0]));
        for (final PoolAnswerDecoder.PoolsDecoder pool : reply.pools().pools()) {
            if (pool.currency() == currency) {
                return switch (path[path.length - 1]) {
                    case "pending" -> pool.pendingMinor();
                    case "spendable" -> pool.spendableMinor();
                    case "withdrawable" -> pool.withdrawableMinor();
                    case "locked" -> pool.lockedMinor();
                    case "debt" -> pool.debtMinor();
                    default -> throw new IllegalArgumentException(String.join(".", path));
                };
            }
        }
        return 0;
    }

    private byte[] facts() {
        return runner.savedWithoutIds();
    }
}

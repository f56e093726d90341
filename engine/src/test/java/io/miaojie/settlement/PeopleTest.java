package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.part.Payers;
import io.miaojie.settlement.part.Targets;
import io.miaojie.settlement.part.Touches;
import io.miaojie.settlement.state.Slice;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.PeopleMessages;
import io.miaojie.support.PeopleMessages.Registration;
import io.miaojie.support.Reply;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AccountsAnswerDecoder;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.DirectoryAnswerDecoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tables of commands say badly of members, links and accounts: depth, bounds, places. */
@Timeout(60)
class PeopleTest {
    private static final int KEY = 1;
    private static final String[] NOWHERE = {"", ""};

    @Test
    void refusesToWalkMoreThanTenThousandStepsUp() {
        final int depth = 10_002;
        final StateLimits small = CoreRunner.SMALL;
        final CoreRunner runner = shop(new StateLimits(
                depth + 10,
                small.poolsMax(),
                small.ordersMax(),
                small.grantsMax(),
                2 * depth,
                small.merchantsMax(),
                small.apiKeysMax(),
                small.campaignsMax(),
                small.countersMax(),
                small.people()));
        register(runner, Registration.of("U0"));
        for (int i = 1; i < depth; i++) {
            register(runner, Registration.of("U" + i).referredBy("U" + (i - 1)));
        }
        assertEquals(ResultCode.REFERRAL_CYCLE.number(), bind(runner, "U1", "U10001"), "10,000 steps");
        assertEquals(ResultCode.REFERRAL_TOO_DEEP.number(), bind(runner, "U0", "U10001"));
        register(runner, Registration.of("LEAF"));
        assertEquals(0, bind(runner, "LEAF", "U10001"), "whoever has no invitees is not walked");
        assertEquals(List.of(), Invariants.check(runner.core().state()));
    }

    @Test
    void aMerchantHasAtMostAThousandTargets() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        for (int i = 0; i < Targets.PER_MERCHANT_MAX; i++) {
            assertEquals(
                    ResultCode.OK,
                    runner.settle(PeopleMessages.defineTarget(KEY, "T" + i, "https://a.example/" + i))
                            .code());
        }
        final Reply full = runner.settle(PeopleMessages.defineTarget(KEY, "T", "https://a.example"));
        assertEquals(ResultCode.TARGETS_MAX, full.code());
        runner.restart(CoreRunner.SMALL);
        final Reply stillFull = runner.settle(PeopleMessages.defineTarget(KEY, "TT", "https://a.example"));
        assertEquals(ResultCode.TARGETS_MAX, stillFull.code());
    }

    @Test
    void theDirectoryNamesTargetsAndLinks() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        register(runner, Registration.of("U1"));
        final UnsafeBuffer target = PeopleMessages.defineTarget(KEY, "T1", "pages/index?from=share");
        runner.settle(target);
        runner.settle(PeopleMessages.createLink(KEY, "L1", "tokenA", "U1", "T1", new String[] {"", "app"}, 7));
        runner.settle(PeopleMessages.createLink(KEY, "L2", "tokenB", "U1", "T1", NOWHERE, 0));

        final DirectoryAnswerDecoder targets = directory(runner, DirectoryType.TARGET, 0);
        assertEquals(1, targets.count());
        assertEquals(0, targets.merchantIndex());
        assertArrayEquals(target.byteArray(), definition(targets));
        final DirectoryAnswerDecoder links = directory(runner, DirectoryType.LINK, 0);
        assertEquals(2, links.count());
        final CreateLinkCommandDecoder link = new CreateLinkCommandDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(definition(links)), 0, new MessageHeaderDecoder());
        assertEquals(7, link.expiresAtNs());
        link.skipId();
        assertEquals("tokenA", text(new byte[link.tokenLength()], link::getToken));
        assertEquals("U1", text(new byte[link.ownerIdLength()], link::getOwnerId));
        assertEquals("T1", text(new byte[link.targetIdLength()], link::getTargetId));
        assertEquals("", text(new byte[link.campaignIdLength()], link::getCampaignId));
        assertEquals("app", text(new byte[link.channelLength()], link::getChannel));
        assertEquals(
                ResultCode.ENTRY_UNKNOWN.number(),
                directory(runner, DirectoryType.LINK, 2).code());
    }

    @Test
    void accountsAreReadPageByPageAndOnlyTheMerchantsOwn() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        runner.settle(Commands.createMerchant("M2", 0, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K2", "M2", Role.ADMIN, ""));
        for (int i = 0; i < 5; i++) {
            runner.settle(PeopleMessages.fund(KEY, "F" + i, "seller:" + i, 10 + i, "CNY", FundingMode.PREPAID));
            runner.settle(PeopleMessages.fund(2, "F" + i, "seller:" + i, 99, "CNY", FundingMode.ACCRUE));
        }
        final List<String> read = new ArrayList<>();
        int from = 0;
        int pages = 0;
        while (from >= 0) {
            final AccountsAnswerDecoder page =
                    runner.settle(PeopleMessages.accountsQuery(KEY, from, 2)).accounts();
            from = page.next();
            pages++;
            for (final AccountsAnswerDecoder.AccountsDecoder account : page.accounts()) {
                final String money = account.mode() + "=" + account.balanceMinor();
                read.add(text(new byte[account.nameLength()], account::getName) + " " + money);
            }
        }
        assertTrue(pages >= 3, "pages=" + pages);
        assertEquals(
                List.of(
                        "seller:0 PREPAID=10",
                        "~bank ACCRUE=-60",
                        "seller:1 PREPAID=11",
                        "seller:2 PREPAID=12",
                        "seller:3 PREPAID=13",
                        "seller:4 PREPAID=14"),
                read);
    }

    @Test
    void touchesNeverOutgrowTheirTableAndKeepItsNewerHalf() {
        final int max = 100;
        final Touches touches = new Touches(max);
        for (int i = 0; i < 10 * max; i++) {
            touches.keep(0, id("v" + i), i, i);
            assertTrue(touches.count() <= max, "count=" + touches.count());
            for (int newer = Math.max(0, i - max / 2 + 1); newer <= i; newer++) {
                assertEquals(newer, touches.link(0, id("v" + newer)));
            }
        }
        assertEquals(-1, touches.link(0, id("v0")));
        assertEquals(-1, touches.link(1, id("v999")), "of another merchant");
    }

    @Test
    void aPayerIsFoundAgainAndTakenOverByBothIds() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        final State state = runner.core().state();
        final Payers payers = new Payers(state.members(), state.identities());
        final long low = PeopleMessages.hashLow("openid");
        final long high = PeopleMessages.hashHigh("openid");
        assertEquals(-1, payers.find(0, low, high));
        final int member = payers.make(0, 41, low, high);
        assertEquals(member, payers.find(0, low, high));
        assertEquals(-1, payers.find(1, low, high), "of another merchant");
        assertEquals(-1, payers.find(0, low, high ^ 1), "all 128 bits are compared");
        assertEquals("mj-41", state.members().id(member, new Slice()).toString());
        assertTrue(state.members().isProvisional(member));

        final EffectsReader effects =
                register(runner, Registration.of("U1", "openid")).effects();
        assertTrue(effects.next());
        assertEquals(EffectType.MEMBER, effects.type());
        assertEquals(member, effects.member());
        assertEquals("U1", state.members().id(member, new Slice()).toString());
        runner.restart(CoreRunner.SMALL);
        for (final String id : List.of("U1", "mj-41")) {
            final EffectsReader known =
                    runner.settle(PeopleMessages.memberQuery(KEY, id)).effects();
            assertTrue(known.next());
            assertEquals(member, known.member(), id);
            assertEquals(false, known.isMemberProvisional());
        }
    }

    @Test
    void takesOneProvisionalMemberOverAndNoSecond() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        final State state = runner.core().state();
        final Payers payers = new Payers(state.members(), state.identities());
        payers.make(0, 7, PeopleMessages.hashLow("a"), PeopleMessages.hashHigh("a"));
        payers.make(0, 8, PeopleMessages.hashLow("b"), PeopleMessages.hashHigh("b"));
        register(runner, Registration.of("KNOWN"));
        assertEquals(
                ResultCode.IDENTITY_TAKEN,
                register(runner, Registration.of("U1", "a", "b")).code());
        assertEquals(
                ResultCode.IDENTITY_TAKEN,
                register(runner, Registration.of("KNOWN", "a")).code());
        assertEquals(
                ResultCode.OK, register(runner, Registration.of("U1", "a", "c")).code());
        assertEquals(
                ResultCode.IDENTITY_TAKEN,
                register(runner, Registration.of("U2", "c")).code());
        assertEquals(3, state.members().count());
    }

    @Test
    void anIdOfTheCallersInTheFormOfAProvisionalOneIsNoneOfOurs() {
        final CoreRunner runner = shop(CoreRunner.SMALL);
        register(runner, Registration.of("mj-9"));
        final State state = runner.core().state();
        final int member = new Payers(state.members(), state.identities()).make(0, 9, 1, 2);
        assertEquals("mj-9-", state.members().id(member, new Slice()).toString());
        assertEquals(2, state.members().count());
    }

    private static Slice id(final String text) {
        return Slice.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CoreRunner shop(final StateLimits limits) {
        final CoreRunner runner = new CoreRunner(limits);
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        return runner;
    }

    private static Reply register(final CoreRunner runner, final Registration registration) {
        return runner.settle(PeopleMessages.register(KEY, "R" + runner.sequence(), registration));
    }

    /** Returns the code of the skip, 0 when there is none. */
    private static int bind(final CoreRunner runner, final String member, final String referrer) {
        final EffectsReader effects = runner.settle(
                        PeopleMessages.bindReferrer(KEY, "B" + runner.sequence(), member, referrer))
                .effects();
        int code = 0;
        while (effects.next()) {
            code = effects.type() == EffectType.SKIP ? effects.skipCode() : code;
        }
        return code;
    }

    private static DirectoryAnswerDecoder directory(
            final CoreRunner runner, final DirectoryType type, final int index) {
        final Reply reply = runner.settle(Commands.directoryQuery(Commands.NODE_KEY, type, index));
        return new DirectoryAnswerDecoder().wrapAndApplyHeader(reply.buffer(), 0, new MessageHeaderDecoder());
    }

    private static byte[] definition(final DirectoryAnswerDecoder answer) {
        final byte[] bytes = new byte[answer.definitionLength()];
        answer.getDefinition(bytes, 0, bytes.length);
        return bytes;
    }

    private static String text(final byte[] bytes, final Field field) {
        field.get(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One {@code get…} of a decoder. */
    @FunctionalInterface
    private interface Field {
        int get(byte[] bytes, int offset, int length);
    }
}

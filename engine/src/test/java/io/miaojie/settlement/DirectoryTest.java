package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.Reply;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.DirectoryAnswerDecoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.Role;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The definitions by place, as the api reads them at start. */
@Timeout(60)
class DirectoryTest {
    private static final int KEY = 1;

    private final UnsafeBuffer shard = Commands.openShard(3, true);
    private final UnsafeBuffer merchant = Commands.createMerchant("M1", 480, "CNY");
    private final UnsafeBuffer key = Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, "");
    private final UnsafeBuffer first = Commands.campaign(KEY, "C1").ratePpm(1).encode();
    private final UnsafeBuffer second =
            Commands.campaign(KEY, "C1").ratePpm(2).after(1).encode();
    private final CoreRunner runner = new CoreRunner(CoreRunner.SMALL);

    @BeforeEach
    void define() {
        runner.settle(shard);
        runner.settle(merchant);
        runner.settle(key);
        runner.settle(first);
        runner.settle(second);
        runner.settle(Commands.changeState(KEY, "R1", "C1", CampaignState.PAUSED));
    }

    @Test
    void everyEntryIsTheCommandThatMadeIt() {
        for (int round = 0; round < 2; round++) {
            check(DirectoryType.SHARD, 0, 1, shard);
            check(DirectoryType.MERCHANT, 0, 1, merchant);
            check(DirectoryType.KEY, 0, 2, new UnsafeBuffer(new byte[0]));
            check(DirectoryType.KEY, KEY, 2, key);
            check(DirectoryType.CAMPAIGN, 0, 2, first);
            check(DirectoryType.CAMPAIGN, 1, 2, second);
            runner.restart(CoreRunner.SMALL);
        }
    }

    @Test
    void statesAreThoseOfNow() {
        assertEquals(CampaignState.PAUSED, ask(DirectoryType.CAMPAIGN, 0).state());
        assertEquals(1, ask(DirectoryType.CAMPAIGN, 0).version());
        assertEquals(2, ask(DirectoryType.CAMPAIGN, 1).version());
        assertEquals(CampaignState.NULL_VAL, ask(DirectoryType.KEY, KEY).state());
        runner.settle(Commands.revokeKey(Commands.NODE_KEY, "K1", "M1"));
        assertEquals(CampaignState.CLOSED, ask(DirectoryType.KEY, KEY).state());
        assertEquals(-1, ask(DirectoryType.KEY, 0).merchantIndex());
    }

    @Test
    void aPlaceBehindTheLastIsUnknown() {
        assertEquals(
                ResultCode.ENTRY_UNKNOWN.number(), ask(DirectoryType.KEY, 2).code());
        assertEquals(2, ask(DirectoryType.KEY, 2).count());
        assertEquals(
                ResultCode.ENTRY_UNKNOWN.number(),
                ask(DirectoryType.MERCHANT, -1).code());
    }

    @Test
    void onlyTheNodeReadsIt() {
        final Reply reply = runner.settle(Commands.directoryQuery(KEY, DirectoryType.MERCHANT, 0));
        assertEquals(ResultCode.ROLE_FORBIDS, reply.code());
    }

    private void check(final DirectoryType type, final int index, final int count, final UnsafeBuffer definition) {
        final DirectoryAnswerDecoder answer = ask(type, index);
        assertEquals(ResultCode.OK.number(), answer.code());
        assertEquals(count, answer.count());
        final byte[] bytes = new byte[answer.definitionLength()];
        answer.getDefinition(bytes, 0, bytes.length);
        assertArrayEquals(definition.byteArray(), bytes);
    }

    private DirectoryAnswerDecoder ask(final DirectoryType type, final int index) {
        final Reply reply = runner.settle(Commands.directoryQuery(Commands.NODE_KEY, type, index));
        return new DirectoryAnswerDecoder().wrapAndApplyHeader(reply.buffer(), 0, new MessageHeaderDecoder());
    }
}

package io.miaojie.node.verify;

import io.miaojie.support.Scenario;
import io.miaojie.wire.EngineId;
import java.util.Random;

/** One seed, one story of a shop: every command, in any order, right and wrong; what comes of it is the core's. */
final class RandomShop {
    private static final int MEMBERS = 12;
    private static final int ORDERS = 80;
    private static final String[] STATES = {
        "WAIT_USER_CONFIRM", "PROCESSING", "UNKNOWN", "SUCCEEDED", "FAILED", "CANCELLED"
    };

    private final Random random;
    private final Scenario scenario;
    private int number;

    RandomShop(final long seed, final Scenario scenario) {
        this.random = new Random(seed);
        this.scenario = scenario;
    }

    void run(final int commands) {
        scenario.send("shard sandbox");
        scenario.send("merchant M1 mode=" + pick("first_touch", "last_touch", "order_token") + " cap=900000");
        scenario.send("key K1");
        scenario.send("campaign REBATE rate_ppm=100000 hold=DAYS_AFTER_DELIVERY:7 instant=500000");
        scenario.send("campaign PLAIN fixed_amount=30 group=G");
        scenario.send("campaign NEVER rate_ppm=20000 hold=NEVER group=G priority=" + random.nextInt(2));
        scenario.send("campaign NONE rate_ppm=10000 hold=NONE funder=brand");
        scenario.send("campaign SHARE kind=2 level1_rate_ppm=50000 level2_rate_ppm=20000 clerk_rate_ppm=10000"
                + " hold=DAYS_AFTER_PAY:3 instant=0");
        scenario.send("campaign HELLO kind=3 amount=60 valid_days=2 inviter_amount=25 hold=NEVER");
        scenario.send("campaign FLASH kind=4 price=100 stock=15 per_member=4");
        scenario.send("campaign PRE kind=6 price=1000 deposit=100 earnest=1 count_ladder=2:900 balance_within_h=2");
        scenario.send("target T1");
        scenario.send(
                "risk RULES rules=device:2:2h:hold,address:3:2h:reject,ring:1:1d:hold,payout:2:1d:hold review=1d");
        for (number = 0; number < commands; number++) {
            scenario.send(command());
        }
    }

    private String command() {
        final int dice = random.nextInt(100);
        if (dice < 25) {
            return payment();
        } else if (dice < 55) {
            return fact();
        } else if (dice < 80) {
            return people();
        }
        return request();
    }

    private String payment() {
        final int first = 100 * (1 + random.nextInt(20));
        final int second = 1 + random.nextInt(900);
        final int sum = random.nextInt(20) == 0 ? 77 : first + second;
        final String words = "pay P" + number + order() + " lines=A/tea/" + first + ",B//" + second + " amount=" + sum
                + (random.nextInt(4) == 0 ? " instalment=" + pick("deposit", "balance") : "")
                + (random.nextInt(3) == 0 ? " clerk=" + member() : "")
                + (random.nextInt(3) == 0 ? " token=" + token() : "")
                + pick("", " device=d" + random.nextInt(9), " address=a" + random.nextInt(9));
        return words + (random.nextInt(4) == 0 ? " payer=w" + random.nextInt(20) : " member=" + member());
    }

    private String fact() {
        return switch (random.nextInt(9)) {
            case 7 -> "order O" + random.nextInt(ORDERS) + " member=" + member() + " lines=A/tea/0/1/1/PRE:book";
            case 8 ->
                "pay P" + number + order() + " amount="
                        + pick("100 instalment=deposit", "100 instalment=deposit", "900 instalment=balance", "1000");
            case 5 ->
                "order O" + random.nextInt(ORDERS) + " member=" + member() + " within=60 lines=A/tea/1/"
                        + (1 + random.nextInt(2)) + "/1/FLASH";
            case 6 -> "pay P" + number + order() + " amount=" + pick("100", "200");
            case 0 ->
                "order O" + random.nextInt(ORDERS) + " member=" + member() + " lines=A/tea/1000,B//500"
                        + " shipping=10 within=60 spend=" + pick("0", "0", "40", "1509", "9999");
            case 1 ->
                "pay P" + number + order() + " member=" + member() + " lines=A/tea/1000,B//500 shipping=10" + " amount="
                        + pick("1510", "1470", "1", "1509", "400 instalment=deposit", "300 instalment=balance");
            case 2 ->
                "refund R" + number + order() + " amount=" + (1 + random.nextInt(1_500))
                        + (random.nextBoolean() ? " lines=1/" + (1 + random.nextInt(800)) : "")
                        + (random.nextInt(8) == 0 ? " goodwill=1" : "")
                        + (random.nextInt(8) == 0 ? " status=" + pick("closed", "abnormal") : "");
            case 3 -> "deliver D" + number + order() + pick("", " lines=1/0", " lines=2/1", " lines=1/0,2/0");
            default ->
                "refund R" + number + order() + " amount=100 closes="
                        + EngineId.of(
                                EngineId.REFUND_ORDER,
                                1,
                                random.nextInt(scenario.runner()
                                                                .core()
                                                                .state()
                                                                .refundOrders()
                                                                .count()
                                                        + 1)
                                                == 0
                                        ? 1
                                        : anyRefundOrder(),
                                0);
        };
    }

    private long anyRefundOrder() {
        final var refundOrders = scenario.runner().core().state().refundOrders();
        return refundOrders.sequence(random.nextInt(refundOrders.count()));
    }

    private String people() {
        return switch (random.nextInt(10)) {
            case 9 -> "review O" + random.nextInt(ORDERS) + pick(" release", " reject") + " id=v" + number;
            case 0, 1 ->
                "register " + person() + " identities=w" + random.nextInt(20)
                        + pick("", " referrer=" + member(), " visitor=v" + random.nextInt(5))
                        + pick("", " grade=0", " roles=0", " grade=4 roles=5")
                        + pick("", " store=s1", " channel=app", " metadata=m" + number, " store=s2 channel=web");
            case 2 -> "bind " + member() + " id=b" + number + pick("", " referrer=" + member());
            case 3 ->
                "link L" + random.nextInt(9) + " id=l" + number + " owner=" + member() + " target=T1"
                        + pick("", " expires=+9d");
            case 4 ->
                "touch t" + number + " token=" + token()
                        + pick(" member=" + member(), " visitor=v" + random.nextInt(5));
            case 5 ->
                "adjust A" + number + " member=" + member() + " amount=" + (random.nextInt(400) - 100) + " bucket="
                        + pick("pending", "spendable", "withdrawable");
            case 6 ->
                "fund F" + number + " funder=" + pick("platform", "brand") + " amount="
                        + (random.nextInt(9_000) - 1_000) + pick("", "", " mode=prepaid", " mode=accrue");
            default ->
                "withdraw W" + random.nextInt(60) + " member=" + member() + " amount=" + (1 + random.nextInt(150));
        };
    }

    private String request() {
        final String withdrawal = "W" + random.nextInt(60);
        return switch (random.nextInt(12)) {
            case 10 ->
                "payouts P" + number + " min=" + random.nextInt(30) + pick("", " max=90") + pick("", " per-day=200")
                        + pick("", " fee=20000 fee-min=2 free=1") + pick("", " tax=30000 approved-up-to=50");
            case 9 ->
                random.nextInt(4) == 0
                        ? "act PRE " + (1 + random.nextInt(3)) + " id=f" + number
                        : "act FLASH 1 with=" + (random.nextInt(9) - 3) + " id=f" + number;
            case 0 -> "cancel O" + random.nextInt(ORDERS) + " id=c" + number;
            case 1, 2 ->
                "aftersale O" + random.nextInt(ORDERS) + " " + pick("OPEN", "CLOSED", "CLOSED") + " id=a" + number;
            case 3, 4 -> "decide " + withdrawal + " " + pick("approve", "approve", "reject") + " id=d" + number;
            case 5 -> "submit " + withdrawal + " id=s" + number;
            case 6 -> "report " + withdrawal + " " + pick(STATES) + pick("", " bill=b" + number) + " id=r" + number;
            case 7 -> "state " + pick("PLAIN", "NEVER") + " " + pick("PAUSED", "ACTIVE") + " id=x" + number;
            default -> "clock " + pick("+70s", "+3h", "+1d", "+4d") + " id=k" + number;
        };
    }

    private String order() {
        return " order=O" + random.nextInt(ORDERS);
    }

    private String member() {
        return "U" + random.nextInt(MEMBERS);
    }

    /** Most are known; a new one may take over whom a payment made. */
    private String person() {
        return random.nextInt(4) == 0 ? "N" + number : member();
    }

    private String token() {
        return "L" + random.nextInt(10);
    }

    private String pick(final String... words) {
        return words[random.nextInt(words.length)];
    }
}

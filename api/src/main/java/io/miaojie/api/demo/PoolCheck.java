package io.miaojie.api.demo;

import io.miaojie.api.client.ApiClient;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads every pool back through HTTP and holds it against what is expected, member by member. */
final class PoolCheck {
    private static final int READS_AT_ONCE = 256;

    private final ApiClient shop;
    private final String currency;

    PoolCheck(final ApiClient shop, final String currency) {
        this.shop = shop;
        this.currency = currency;
    }

    /** Says how many pools agree, and names the first that doesn't. */
    boolean holds(final Map<String, Long> expected, final PrintWriter out) {
        final List<String> members = List.copyOf(expected.keySet());
        int equal = 0;
        for (int start = 0; start < members.size(); start += READS_AT_ONCE) {
            final List<String> some = members.subList(start, Math.min(members.size(), start + READS_AT_ONCE));
            final List<Future<ApiClient.Answer>> answers = new ArrayList<>();
            some.forEach(member -> answers.add(shop.send(HttpMethod.GET, "/v1/pools/" + member, null)));
            for (int i = 0; i < some.size(); i++) {
                final long found = spendable(answers.get(i).await().expectOk());
                if (found == expected.get(some.get(i))) {
                    equal++;
                } else {
                    out.printf(
                            "DIFFERS     pool of %s: expected %d found %d%n",
                            some.get(i), expected.get(some.get(i)), found);
                }
            }
        }
        final long credited =
                expected.values().stream().mapToLong(Long::longValue).sum();
        out.printf(
                "pools       %,d of %,d equal an independent calculation, %s %,d.%02d credited%n",
                equal, members.size(), currency, credited / 100, credited % 100);
        return equal == members.size();
    }

    private static long spendable(final JsonObject body) {
        final var pools = body.getJsonArray("pools");
        return pools.isEmpty() ? 0 : pools.getJsonObject(0).getLong("spendable");
    }
}

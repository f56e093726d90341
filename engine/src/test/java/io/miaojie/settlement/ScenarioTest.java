package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.Scenario;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.ResultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The rules as tables: each claim of the {@code .scenario} files holds. */
@Timeout(60)
class ScenarioTest {
    private static final List<String> FILES = List.of(
            "payments",
            "campaigns",
            "rebates",
            "keys",
            "tables",
            "members",
            "referrals",
            "withdrawals",
            "orders",
            "refunds",
            "holds",
            "commissions",
            "clock",
            "welcome",
            "flash-sales",
            "group-buys",
            "presales",
            "risk");

    /** Codes that settlement can't say, each with its reason. */
    private static final Set<ResultCode> UNREACHABLE = Set.of(
            // Only the directory says it, in DirectoryTest.
            ResultCode.ENTRY_UNKNOWN,
            // Every timer is of a row of another table: that is full first.
            ResultCode.TIMERS_FULL,
            // It takes thousands of rows: OrderTest and PeopleTest say them.
            ResultCode.LINES_FULL,
            ResultCode.REFERRAL_TOO_DEEP,
            ResultCode.TARGETS_MAX,
            // Reserved for evicted history.
            ResultCode.NEEDS_HISTORY);

    private record Claim(String name, String table) {}

    @TestFactory
    Stream<DynamicTest> tables() throws IOException {
        return claims().stream()
                .map(claim -> DynamicTest.dynamicTest(claim.name(), () -> new Scenario().run(claim.table())));
    }

    @Test
    void everyReachableCodeIsSaid() throws IOException {
        final Set<Integer> said = new HashSet<>();
        for (final Claim claim : claims()) {
            said.addAll(new Scenario().run(claim.table()).codes());
        }
        final Set<String> missing = Stream.concat(
                        Arrays.stream(ResultCode.values())
                                .filter(code -> !UNREACHABLE.contains(code))
                                .map(ResultCode::descriptor),
                        Settlement.kinds().stream().flatMap(kind -> kind.codes().stream()))
                .filter(code -> !said.contains(code.number()))
                .map(CodeDescriptor::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    private static List<Claim> claims() throws IOException {
        final StringBuilder text = new StringBuilder();
        for (final String file : FILES) {
            try (InputStream in = ScenarioTest.class.getResourceAsStream(file + ".scenario")) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        final List<Claim> claims = Arrays.stream(text.toString().split("(?m)^== "))
                .filter(part -> !part.isBlank())
                .map(part -> new Claim(part.lines().findFirst().orElseThrow(), part.substring(part.indexOf('\n'))))
                .toList();
        assertTrue(claims.size() > 30, "claims=" + claims.size());
        return claims;
    }
}

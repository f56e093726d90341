package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.support.Scenario;
import io.miaojie.wire.KindDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of an order of each kind that sells when any two facts of it come in either order: the tables of
 * {@code pairs.scenario}. A table is one way to take part in a campaign:
 *
 * <pre>
 * == presale: its deposit            the kind, and what is special
 * campaign F1 kind=6 ...             rows of a {@link Scenario} before everything else
 * fact  pay = pay P1 ...             how each fact is told
 * tells O1.order O1.place            what is read at the end
 * order: pay, cancel | CAPTURED | ORDER_STATE_FORBIDS | PAID SOLD
 * </pre>
 *
 * <p>The last row: after the order, payment and cancellation; what is answered to each, and how all stands then. A fact
 * may be several rows, of which the first is answered; a tick is answered by nobody.
 */
@Timeout(60)
class SalePairsTest {
    private static final String ORDER = "order";
    private static final String PAY = "pay";
    private static final List<String> FACTS = List.of(ORDER, PAY, "cancel", "expire", "refund", "deliver");

    /** One way to take part, and what two facts come to. */
    private record Table(String name, List<String> setting, Map<String, String> facts, List<String> tells, Rows rows) {
        String kind() {
            return name.split(":")[0];
        }
    }

    /** Keyed by what came before and the two facts: {@code order: pay, cancel}. */
    private record Rows(Map<String, List<String>> columns) {}

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        return tables().stream().flatMap(table -> table.rows().columns().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        table.name() + " / " + row.getKey(), () -> holds(table, row.getKey(), row.getValue()))));
    }

    @Test
    void eachPairStandsInBothOrders() throws IOException {
        for (final Table table : tables()) {
            assertEquals(Set.copyOf(FACTS), table.facts().keySet(), table.name());
            final Set<String> missing = new TreeSet<>(pairs());
            missing.removeAll(table.rows().columns().keySet());
            assertEquals(Set.of(), missing, table.name());
            assertEquals(pairs().size(), table.rows().columns().size(), table.name());
        }
    }

    @Test
    void eachKindThatSellsHasATable() throws IOException {
        final Set<String> sell = Settlement.kinds().stream()
                .filter(kind -> !kind.actions().isEmpty())
                .map(KindDescriptor::name)
                .collect(Collectors.toSet());
        assertEquals(sell, tables().stream().map(Table::kind).collect(Collectors.toSet()));
    }

    /** Of an order that is there, unless it is one of the two; without a payment and with one, unless it is one. */
    private static Set<String> pairs() {
        final Set<String> pairs = new TreeSet<>();
        for (final String first : FACTS) {
            for (final String second : FACTS) {
                final Set<String> both = Set.copyOf(List.of(first, second));
                if (both.size() == 2) {
                    final String pair = ": " + first + ", " + second;
                    pairs.add(both.contains(ORDER) ? "nothing" + pair : ORDER + pair);
                    if (!both.contains(ORDER) && !both.contains(PAY)) {
                        pairs.add(ORDER + " " + PAY + pair);
                    }
                }
            }
        }
        return pairs;
    }

    private static void holds(final Table table, final String row, final List<String> columns) {
        final String[] names = row.split("[:,]? ");
        final Scenario scenario = new Scenario().run(String.join("\n", table.setting()));
        for (int i = 0; i < names.length - 2; i++) {
            if (!names[i].equals("nothing")) {
                scenario.run(rows(table.facts().get(names[i])));
            }
        }
        for (int i = 0; i < 2; i++) {
            scenario.run(told(table.facts().get(names[names.length - 2 + i]), columns.get(i)));
        }
        final String stands = table.tells().stream().map(scenario::value).collect(Collectors.joining(" "));
        assertEquals(columns.get(2), stands, String.join(" ", table.tells()));
    }

    /** Of a fact of several rows the first one is answered so. */
    private static String told(final String fact, final String answer) {
        final int firstLength = fact.contains("; ") ? fact.indexOf("; ") : fact.length();
        final String first = fact.substring(0, firstLength);
        return rows(first.startsWith("tick") ? fact : first + " -> " + answer + fact.substring(firstLength));
    }

    private static String rows(final String fact) {
        return fact.replace("; ", "\n");
    }

    private static List<Table> tables() throws IOException {
        try (InputStream in = SalePairsTest.class.getResourceAsStream("pairs.scenario")) {
            final String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^== "))
                    .filter(part -> !part.isBlank())
                    .map(SalePairsTest::table)
                    .toList();
        }
    }

    private static Table table(final String part) {
        final List<String> setting = new ArrayList<>();
        final Map<String, String> facts = new LinkedHashMap<>();
        final List<String> tells = new ArrayList<>();
        final Map<String, List<String>> rows = new LinkedHashMap<>();
        for (final String line : part.lines().skip(1).map(String::strip).toList()) {
            if (line.startsWith("fact ")) {
                final String[] halves = line.substring("fact ".length()).split(" = ");
                facts.put(halves[0].strip(), halves[1]);
            } else if (line.startsWith("tells ")) {
                tells.addAll(Arrays.asList(line.split("\\s+")).subList(1, line.split("\\s+").length));
            } else if (line.contains(" | ")) {
                final List<String> cells =
                        Arrays.stream(line.split("\\|")).map(String::strip).toList();
                assertEquals(null, rows.put(cells.get(0), cells.subList(1, cells.size())), "twice: " + line);
            } else {
                setting.add(line);
            }
        }
        return new Table(part.lines().findFirst().orElseThrow(), setting, facts, tells, new Rows(rows));
    }
}

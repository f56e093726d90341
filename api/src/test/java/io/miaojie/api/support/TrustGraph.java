package io.miaojie.api.support;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A real network of who trusts whom, as invitations, touches and payments, and what commissions must come to, by
 * decimal arithmetic and plain maps. Who is first seen as a target was invited by the edge's source; who is first seen
 * as a source joined alone. Each later positive edge is a touch: it binds whoever has no parent yet, unless that would
 * close a circle. With each edge its target pays what a row of {@link Cdnow} paid.
 *
 * <p>The file is a test input that is not part of the project, see {@link Cdnow#DATA_VARIABLE}.
 */
public final class TrustGraph {
    private record Edge(String source, String target, int rating, String at) {}

    private final List<Edge> edges;
    private final List<Cdnow.Row> purchases;
    private final Map<String, String> parents = new LinkedHashMap<>();
    private final Set<String> users = new LinkedHashSet<>();
    private final Set<String> sharers = new LinkedHashSet<>();
    private final List<String> invitations = new ArrayList<>();
    private final Set<Edge> touches = new LinkedHashSet<>();
    private int invitedCount;
    private int touchedCount;
    private int circleCount;

    private TrustGraph(final List<Edge> edges, final List<Cdnow.Row> purchases) {
        this.edges = edges;
        this.purchases = purchases;
        for (final Edge edge : edges) {
            join(edge);
        }
    }

    /** Reads the network; payments are drawn from these purchases, one after the other. */
    public static TrustGraph with(final Cdnow cdnow) {
        final Path file = Path.of(System.getenv(Cdnow.DATA_VARIABLE), "graph", "soc-sign-bitcoinotc.csv.gz");
        final List<Edge> edges = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String[] fields = line.split(",");
                final long seconds = new BigDecimal(fields[3]).longValue();
                final String at = Instant.ofEpochSecond(seconds).toString();
                edges.add(new Edge("u" + fields[0], "u" + fields[1], Integer.parseInt(fields[2]), at));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TrustGraph(edges, cdnow.rows());
    }

    public Set<String> users() {
        return users;
    }

    /** Returns who needs a share link: every source of a later edge. */
    public Set<String> sharers() {
        return sharers;
    }

    /** Returns the registrations in the order of the file. */
    public List<String> registrations() {
        return invitations;
    }

    public int invitedCount() {
        return invitedCount;
    }

    /** Returns how many touches bound somebody; after {@link #commissionsCents}. */
    public int touchedCount() {
        return touchedCount;
    }

    /** Returns how many touches would have closed a circle; after {@link #commissionsCents}. */
    public int circleCount() {
        return circleCount;
    }

    /** Returns touches and payments in the order of the file; tokens by owner. */
    public List<String> events(final Map<String, String> tokens) {
        final List<String> events = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            final Edge edge = edges.get(i);
            if (touches.contains(edge)) {
                events.add(new JsonObject()
                        .put("type", "touch")
                        .put("id", "t" + i)
                        .put("token", tokens.get(edge.source()))
                        .put("member_id", edge.target())
                        .put("at", edge.at())
                        .encode());
            }
            events.add(new JsonObject()
                    .put("type", "payment")
                    .put("id", "p" + i)
                    .put("order_id", "o" + i)
                    .put("member_id", edge.target())
                    .put("amount", purchases.get(i).cents())
                    .put("currency", "USD")
                    .put("paid_at", edge.at())
                    .encode());
        }
        return events;
    }

    /** Returns what the two levels earn each user of all payments, in cents, shares floored. */
    public Map<String, Long> commissionsCents(final String levelOnePercent, final String levelTwoPercent) {
        final Map<String, String> bound = new LinkedHashMap<>(parents);
        final Map<String, Long> earned = new TreeMap<>();
        users.forEach(user -> earned.put(user, 0L));
        for (int i = 0; i < edges.size(); i++) {
            final Edge edge = edges.get(i);
            if (touches.contains(edge)) {
                touch(bound, edge);
            }
            final String parent = bound.get(edge.target());
            final String grandparent = parent == null ? null : bound.get(parent);
            earn(earned, parent, purchases.get(i), levelOnePercent);
            earn(earned, grandparent, purchases.get(i), levelTwoPercent);
        }
        return earned;
    }

    private void touch(final Map<String, String> bound, final Edge edge) {
        if (bound.containsKey(edge.target())) {
            return;
        }
        String above = edge.source();
        while (above != null && !above.equals(edge.target())) {
            above = bound.get(above);
        }
        if (above == null) {
            bound.put(edge.target(), edge.source());
            touchedCount++;
        } else {
            circleCount++;
        }
    }

    private static void earn(
            final Map<String, Long> earned, final String user, final Cdnow.Row purchase, final String percent) {
        if (user != null) {
            final BigDecimal share = purchase.dollars()
                    .multiply(new BigDecimal(percent))
                    .movePointLeft(2)
                    .setScale(2, RoundingMode.FLOOR);
            earned.merge(user, share.movePointRight(2).longValueExact(), Long::sum);
        }
    }

    private void join(final Edge edge) {
        if (users.add(edge.source())) {
            invitations.add(registration(edge.source(), edge.at()).encode());
        }
        if (users.add(edge.target())) {
            parents.put(edge.target(), edge.source());
            invitedCount++;
            invitations.add(registration(edge.target(), edge.at())
                    .put("referrer_id", edge.source())
                    .encode());
        } else if (edge.rating() > 0) {
            touches.add(edge);
            sharers.add(edge.source());
        }
    }

    private static JsonObject registration(final String user, final String at) {
        return new JsonObject().put("type", "member").put("id", user).put("registered_at", at);
    }
}

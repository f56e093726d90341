package io.miaojie.node.verify;

import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.ProjectionReader.Buckets;
import io.miaojie.projection.ProjectionReader.Profile;
import io.miaojie.settlement.State;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;

/** Compares definitions, members and pools of the core's state with the rows of the same sequence, row by row. */
final class StateComparison {
    private final State state;
    private final ProjectionReader rows;
    private final Differences differences;
    private final Slice view = new Slice();
    private int seen;

    StateComparison(final State state, final ProjectionReader rows, final Differences differences) {
        this.state = state;
        this.rows = rows;
        this.differences = differences;
    }

    /** Returns how many rows were compared. */
    long run() {
        long count = compareMerchants();
        count += compareKeys();
        count += compareCampaigns();
        count += compareMembers();
        return count + comparePools();
    }

    private int compareMerchants() {
        seen = 0;
        rows.merchants(row -> {
            final int index = seen++;
            differences.compare("merchant row index", index, row.merchantIndex());
            if (index < state.merchants().count()) {
                final String id = state.merchants().id(index, view).toString();
                differences.compare("merchant " + index + " id", id, row.id());
            }
        });
        return counted("merchants", state.merchants().count());
    }

    private int compareKeys() {
        seen = 1;
        rows.keys(row -> {
            final int index = seen++;
            differences.compare("api key row index", index, row.keyIndex());
            if (index < state.apiKeys().count()) {
                final ApiKey key = state.apiKeys().at(index);
                differences.compare("api key " + index + " merchant", key.merchant(), row.merchantIndex());
                differences.compare("api key " + index + " role", key.role().name(), row.role());
                differences.compare("api key " + index + " revoked", key.isRevoked(), row.isRevoked());
            }
        });
        return counted("api keys", state.apiKeys().count());
    }

    private int compareCampaigns() {
        seen = 0;
        rows.campaigns(row -> {
            final int index = seen++;
            differences.compare("campaign row index", index, row.campaignIndex());
            if (index < state.campaigns().versionCount()) {
                final CampaignVersion version = state.campaigns().version(index);
                final String what = "campaign version " + index;
                differences.compare(what + " id", version.definition().id().toString(), row.id());
                differences.compare(what + " merchant", version.campaign().merchant(), row.merchantIndex());
                differences.compare(what + " number", version.number(), row.version());
                differences.compare(what + " state", version.campaign().state().name(), row.state());
            }
        });
        return counted("campaign versions", state.campaigns().versionCount());
    }

    private int compareMembers() {
        seen = 0;
        rows.members(row -> {
            final int index = seen++;
            differences.compare("member row index", index, row.memberIndex());
            if (index < state.members().count()) {
                final String id = state.members().id(index, view).toString();
                differences.compare("member " + index + " id", id, row.id());
                final int merchant = state.members().merchant(index);
                differences.compare("member " + index + " merchant", merchant, row.merchantIndex());
                differences.compare(
                        "member " + index + " provisional", state.members().isProvisional(index), row.isProvisional());
                differences.compare(
                        "member " + index + " referrer", state.members().parent(index), row.referrerIndex());
                differences.compare(
                        "member " + index + " bound until", state.members().boundUntilNs(index), row.boundUntilNs());
                differences.compare("member " + index + " profile", profile(index), row.profile());
            }
        });
        return counted("members", state.members().count());
    }

    private Profile profile(final int member) {
        return new Profile(
                state.members().isRegistered(member),
                state.members().grade(member),
                state.members().roles(member));
    }

    private int comparePools() {
        seen = 0;
        rows.pools(row -> {
            seen++;
            final int pool = state.pools()
                    .find(row.memberIndex(), Currencies.byCode(row.currency()).number());
            final String what = "pool of member " + row.memberIndex() + " in " + row.currency();
            if (pool < 0) {
                differences.add(what + ": in Postgres, not in memory");
            } else {
                differences.compare(what, buckets(pool), row.buckets());
            }
        });
        return counted("pools", state.pools().count());
    }

    private Buckets buckets(final int pool) {
        return new Buckets(
                balance(pool, ChartOfAccounts.PENDING),
                balance(pool, ChartOfAccounts.SPENDABLE),
                balance(pool, ChartOfAccounts.WITHDRAWABLE),
                balance(pool, ChartOfAccounts.LOCKED),
                -balance(pool, ChartOfAccounts.DEBT));
    }

    private long balance(final int pool, final int bucket) {
        return state.ledger().balance(state.pools().account(pool, bucket));
    }

    private int counted(final String table, final int expected) {
        differences.compare("rows of " + table, expected, seen);
        return seen;
    }
}

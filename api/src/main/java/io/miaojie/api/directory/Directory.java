package io.miaojie.api.directory;

import io.miaojie.wire.codec.CampaignState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The tables of the edge. Thread: read by every event loop; written by whichever loop or thread learns of an outcome,
 * so writes are synchronized and commute: of two states of a campaign the one of the later sequence stands.
 */
public final class Directory {
    private record CampaignName(int merchantIndex, String id) {}

    private record LateState(CampaignState state, long sequence) {}

    private final Map<String, Merchant> merchants = new ConcurrentHashMap<>();
    private final Map<Integer, Merchant> merchantsByIndex = new ConcurrentHashMap<>();
    private final Map<SecretHash, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<Integer, SecretHash> keyHashes = new HashMap<>();
    private final Set<Integer> revokedKeys = ConcurrentHashMap.newKeySet();
    private final Map<Integer, String> keyIds = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> keyMerchants = new ConcurrentHashMap<>();
    private final Map<CampaignName, Campaign> campaigns = new ConcurrentHashMap<>();
    private final Map<Integer, NavigableMap<Integer, CampaignName>> campaignsByMerchant = new ConcurrentHashMap<>();
    private final Map<Integer, LateState> lateStates = new HashMap<>();
    private volatile CampaignVersion[] versions = new CampaignVersion[64];
    private volatile Shard shard;

    /** Returns what the shard is; null before it was read. */
    public Shard shard() {
        return shard;
    }

    /** Returns the key with this secret, revoked ones too; null when there is none. */
    public ApiKey key(final SecretHash hash) {
        return keys.get(hash);
    }

    /** Returns the merchant of the key at this place; {@link ApiKey#NO_MERCHANT}: the node's own, or not known. */
    public int merchantOfKey(final int keyIndex) {
        return keyMerchants.getOrDefault(keyIndex, ApiKey.NO_MERCHANT);
    }

    /** Returns whether the key at this place opens nothing any more. */
    public boolean isKeyRevoked(final int keyIndex) {
        return revokedKeys.contains(keyIndex);
    }

    /** Returns the id of the key at this place; null: the node's own, or not known. */
    public String keyId(final int keyIndex) {
        return keyIds.get(keyIndex);
    }

    /** Returns the merchant with this id, null when there is none. */
    public Merchant merchant(final String id) {
        return merchants.get(id);
    }

    /** Returns the merchant at this place, null when there is none. */
    public Merchant merchant(final int index) {
        return merchantsByIndex.get(index);
    }

    /** Returns the merchant's campaign with this id, null when there is none. */
    public Campaign campaign(final int merchantIndex, final String id) {
        return campaigns.get(new CampaignName(merchantIndex, id));
    }

    /** Returns the campaign that this version belongs to. */
    public Campaign campaign(final CampaignVersion version) {
        return campaign(version.merchantIndex(), version.definition().id());
    }

    /** Returns the version at this place, null when it is not known. */
    public CampaignVersion version(final int index) {
        final CampaignVersion[] table = versions;
        return index >= 0 && index < table.length ? table[index] : null;
    }

    /** Returns the merchant's campaigns behind this place, in the order in which they were made. */
    public List<Campaign> campaigns(final int merchantIndex, final int afterIndex, final int limit) {
        final NavigableMap<Integer, CampaignName> names = campaignsByMerchant.get(merchantIndex);
        return names == null
                ? List.of()
                : names.tailMap(afterIndex, false).values().stream()
                        .limit(limit)
                        .map(campaigns::get)
                        .toList();
    }

    public int merchantCount() {
        return merchants.size();
    }

    public int campaignCount() {
        return campaigns.size();
    }

    public void put(final Shard opened) {
        shard = opened;
    }

    public synchronized void put(final Merchant merchant) {
        merchantsByIndex.put(merchant.index(), merchant);
        merchants.put(merchant.id(), merchant);
    }

    public synchronized void put(final SecretHash hash, final ApiKey key) {
        keyHashes.put(key.index(), hash);
        keyMerchants.put(key.index(), key.merchantIndex());
        keyIds.put(key.index(), key.id());
        keys.put(hash, key);
    }

    /** From now on the key at this place opens nothing. */
    public synchronized void revokeKey(final int index) {
        revokedKeys.add(index);
        final SecretHash hash = keyHashes.get(index);
        if (hash != null) {
            keys.computeIfPresent(hash, (ignored, key) -> key.revoked());
        }
    }

    /** Puts a version, with the state of its campaign as of this sequence. */
    public synchronized void put(final CampaignVersion version, final CampaignState state, final long sequence) {
        final CampaignName name = name(version);
        if (version.index() >= versions.length) {
            versions = Arrays.copyOf(versions, Math.max(2 * versions.length, version.index() + 1));
        }
        final CampaignVersion[] table = versions;
        table[version.index()] = version;
        // Publishes the entry to the loops: a volatile write after the plain one.
        versions = table;
        campaigns.merge(
                name, new Campaign(version.index(), version, state, sequence), (known, added) -> known.with(version)
                        .with(state, sequence));
        if (version.version() == 1) {
            campaignsByMerchant
                    .computeIfAbsent(name.merchantIndex, ignored -> new ConcurrentSkipListMap<>())
                    .put(version.index(), name);
        }
        final LateState late = lateStates.remove(version.index());
        if (late != null) {
            putState(version.index(), late.state, late.sequence);
        }
    }

    /** Puts the state of the campaign that has this version; kept for later when the version is not known yet. */
    public synchronized void putState(final int versionIndex, final CampaignState state, final long sequence) {
        final CampaignVersion version = version(versionIndex);
        if (version == null) {
            lateStates.put(versionIndex, new LateState(state, sequence));
        } else {
            campaigns.computeIfPresent(name(version), (ignored, campaign) -> campaign.with(state, sequence));
        }
    }

    private static CampaignName name(final CampaignVersion version) {
        return new CampaignName(version.merchantIndex(), version.definition().id());
    }
}

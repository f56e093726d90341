package io.miaojie.api.directory;

import io.miaojie.wire.codec.CampaignState;

/**
 * A campaign as it stands: its newest version and its state.
 *
 * @param place of its first version in the engine's table: its place in lists
 * @param stateSequence of the record that the state rests on; an older one does not overwrite it
 */
public record Campaign(int place, CampaignVersion newest, CampaignState state, long stateSequence) {
    Campaign with(final CampaignVersion version) {
        return new Campaign(
                Math.min(place, version.index()),
                version.version() > newest.version() ? version : newest,
                state,
                stateSequence);
    }

    Campaign with(final CampaignState next, final long sequence) {
        return sequence >= stateSequence ? new Campaign(place, newest, next, sequence) : this;
    }
}

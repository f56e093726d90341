package io.miaojie.api.directory;

/**
 * One immutable version of a campaign.
 *
 * @param index its place in the engine's table of versions
 * @param version 1 for the first
 */
public record CampaignVersion(int index, int merchantIndex, int version, CampaignDefinition definition) {}

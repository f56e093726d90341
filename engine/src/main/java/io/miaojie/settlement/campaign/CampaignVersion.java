package io.miaojie.settlement.campaign;

/**
 * One version of a campaign, an immutable row: its index is what the wire calls {@code campaignIndex}.
 *
 * @param number 1, 2, ... within the campaign
 * @param funding account that pays its grants
 */
public record CampaignVersion(int index, Campaign campaign, int number, int funding, CampaignDefinition definition) {}

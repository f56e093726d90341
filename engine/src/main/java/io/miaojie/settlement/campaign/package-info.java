/** Campaigns as rows and the interface of a campaign kind, which holds no state of its own. */
package io.miaojie.settlement.campaign;

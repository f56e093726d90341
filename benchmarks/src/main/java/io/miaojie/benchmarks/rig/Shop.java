package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Rebates;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** Opens a shop over the API: a merchant, a key of its own, three purchase-rebate campaigns. */
final class Shop {
    private Shop() {}

    /**
     * Opens a shop that no run had before.
     *
     * @return the key of the shop
     */
    static String open(final Vertx vertx, final URI server, final String adminKey, final String merchantId) {
        final String key;
        try (Api admin = new Api(vertx, server, adminKey)) {
            admin.post("/v1/merchants", new JsonObject().put("id", merchantId).put("name", "Bench"));
            key = admin.post(
                            "/v1/keys",
                            new JsonObject()
                                    .put("id", merchantId + "-key")
                                    .put("merchant_id", merchantId)
                                    .put("role", "operate"))
                    .getString("secret");
        }
        try (Api shop = new Api(vertx, server, key)) {
            for (int i = 0; i < Rebates.COUNT; i++) {
                shop.post("/v1/campaigns", campaign(i));
            }
        }
        return key;
    }

    private static JsonObject campaign(final int campaign) {
        final JsonObject terms = new JsonObject();
        Rebates.terms(campaign).forEach(term -> terms.put(term.name(), term.value()));
        return new JsonObject()
                .put("id", Rebates.id(campaign))
                .put("kind", Rebates.KIND)
                .put("currency", "CNY")
                .put("terms", terms);
    }
}

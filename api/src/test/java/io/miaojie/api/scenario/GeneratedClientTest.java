package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.ServerProcess;
import io.miaojie.generated.ApiClient;
import io.miaojie.generated.ApiException;
import io.miaojie.generated.api.CampaignsApi;
import io.miaojie.generated.api.CampaignsApi.APICreateCampaignRequest;
import io.miaojie.generated.api.CampaignsApi.APIGetCampaignRequest;
import io.miaojie.generated.api.CampaignsApi.APIListCampaignsRequest;
import io.miaojie.generated.api.FactsApi;
import io.miaojie.generated.api.FactsApi.APIRecordPaymentRequest;
import io.miaojie.generated.api.FeedApi;
import io.miaojie.generated.api.FeedApi.APIPollOutcomesRequest;
import io.miaojie.generated.api.NodeApi;
import io.miaojie.generated.api.PoolsApi;
import io.miaojie.generated.api.PoolsApi.APIGetPoolsRequest;
import io.miaojie.generated.api.SetUpApi;
import io.miaojie.generated.api.SetUpApi.APICreateKeyRequest;
import io.miaojie.generated.api.SetUpApi.APICreateMerchantRequest;
import io.miaojie.generated.model.Budget;
import io.miaojie.generated.model.Campaign;
import io.miaojie.generated.model.CampaignWithGrants;
import io.miaojie.generated.model.Campaigns;
import io.miaojie.generated.model.Health;
import io.miaojie.generated.model.Key;
import io.miaojie.generated.model.Merchant;
import io.miaojie.generated.model.NewCampaign;
import io.miaojie.generated.model.NewKey;
import io.miaojie.generated.model.NewMerchant;
import io.miaojie.generated.model.NewPayment;
import io.miaojie.generated.model.Outcomes;
import io.miaojie.generated.model.Payment;
import io.miaojie.generated.model.Pool;
import io.miaojie.generated.model.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that a generator made from the contract works against the program: what the contract says suffices. */
@Tag("postgres")
@Timeout(180)
class GeneratedClientTest {
    /** More than 32 bits hold: amounts have to come out of the contract as longs. */
    private static final long AMOUNT = 5_000_000_000_000L;

    @TempDir
    private Path data;

    @Test
    void setsUpAMerchantAndIsRewarded() throws ApiException {
        try (ServerProcess server = ServerProcess.serve(data, ServerProcess.freePort())) {
            final ApiClient node = client(server.uri(), ServerProcess.ADMIN_KEY);
            assertEquals(Health.StatusEnum.READY, new NodeApi(node).ready().getStatus());
            final SetUpApi setUp = new SetUpApi(node);
            final Merchant merchant = setUp.createMerchant(APICreateMerchantRequest.newBuilder()
                    .newMerchant(new NewMerchant().id("m1").name("Tea House"))
                    .build());
            assertEquals(480, merchant.getUtcOffsetMinutes());
            final Key key = setUp.createKey(APICreateKeyRequest.newBuilder()
                    .newKey(new NewKey().id("k1").merchantId("m1").role(Role.OPERATE))
                    .build());
            final ApiClient shop = client(server.uri(), key.getSecret());

            final CampaignsApi campaigns = new CampaignsApi(shop);
            final Campaign opened = campaigns.createCampaign(APICreateCampaignRequest.newBuilder()
                    .newCampaign(new NewCampaign()
                            .id("c1")
                            .kind("purchase-rebate")
                            .currency("CNY")
                            .terms(Map.of("rate_ppm", 10_000))
                            .budget(new Budget().amount(2 * AMOUNT)))
                    .build());
            assertEquals(Campaign.StateEnum.ACTIVE, opened.getState());

            final Payment payment = new FactsApi(shop)
                    .recordPayment(APIRecordPaymentRequest.newBuilder()
                            .newPayment(payment())
                            .build());
            assertEquals("CAPTURED", String.valueOf(payment.getStatus()));
            assertEquals(AMOUNT / 100, payment.getGrants().get(0).getAmount());

            final List<Pool> pools = new PoolsApi(shop)
                    .getPools(APIGetPoolsRequest.newBuilder().memberId("u1").build())
                    .getPools();
            assertEquals(AMOUNT / 100, pools.get(0).getSpendable());
            final CampaignWithGrants granted = campaigns.getCampaign(campaign("c1"));
            assertEquals(AMOUNT / 100, granted.getGranted().getAmount());
            final Campaigns listed =
                    campaigns.listCampaigns(APIListCampaignsRequest.newBuilder().build());
            assertEquals(1, listed.getCampaigns().size());

            final Outcomes outcomes = new FeedApi(shop)
                    .pollOutcomes(APIPollOutcomesRequest.newBuilder()
                            .types("payment.settled")
                            .waitS(5)
                            .build());
            assertEquals("p1", outcomes.getEvents().get(0).getCause().getId());

            final ApiException refused =
                    assertThrows(ApiException.class, () -> campaigns.getCampaign(campaign("unknown")));
            assertEquals(404, refused.getCode());
            assertTrue(refused.getResponseBody().contains("CAMPAIGN_UNKNOWN"), refused.getResponseBody());
        }
    }

    private static APIGetCampaignRequest campaign(final String id) {
        return APIGetCampaignRequest.newBuilder().id(id).build();
    }

    private static NewPayment payment() {
        return new NewPayment()
                .id("p1")
                .orderId("o1")
                .memberId("u1")
                .amount(AMOUNT)
                .currency("CNY")
                .paidAt(Instant.now().toString());
    }

    private static ApiClient client(final URI server, final String key) {
        final ApiClient client = new ApiClient();
        client.updateBaseUri(server.toString());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + key));
        return client;
    }
}

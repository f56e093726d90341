package io.miaojie.api.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** A body that is in order for every write that is a table; single quotes stand for double ones. */
final class GoodWrites {
    static final String ORDER =
            "{'id':'x','member_id':'u1','currency':'CNY','lines':[{'line_id':'1','sku':'A','quantity':2,'amount':9}],"
                    + "'shipping_amount':1,'pool_spend':1,'pay_within_s':900}";
    static final String REFUND = "{'id':'x','order_id':'o1','amount':1,'currency':'CNY','goodwill':false,"
            + "'lines':[{'line_id':'1','amount':1}]}";
    static final String DELIVERY = "{'id':'x','order_id':'o1','lines':[{'line_id':'1','quantity':1}]}";
    static final String MEMBER = "{'id':'x','identities':[{'type':'phone','value':'1'}],'grade':1,'roles':['koc']}";
    static final String REFERRER = "{'id':'x','referrer_id':null,'actor':'anna'}";
    static final String LINK_TARGET = "{'id':'x','url':'https://shop.example/tea'}";
    static final String SHARE_LINK = "{'id':'x','owner_id':'u1','target':'t1'}";
    static final String TOUCH = "{'id':'x','token':'abc','visitor_id':'v1'}";
    static final String WITHDRAWAL =
            "{'id':'x','member_id':'u1','amount':1,'currency':'CNY','method':'wechat','payee':'p'}";
    static final String DECISION = "{'id':'x','decision':'approve','actor':'anna'}";
    static final String RESULT = "{'id':'x','channel_state':'SUCCESS'}";
    static final String ADJUSTMENT =
            "{'id':'x','member_id':'u1','bucket':'pending','amount':1,'currency':'CNY','reason':'r','actor':'anna'}";
    static final String FUNDING = "{'id':'x','funder':'platform','amount':1,'currency':'CNY'}";
    static final String PAYOUT_TERMS =
            "{'id':'x','currency':'CNY','amount_min':1,'fee_ppm':1,'count_per_day':1,'actor':'a'}";
    static final String CLOCK = "{'id':'x','advance':'PT1H'}";
    static final String RISK_RULES = "{'id':'x','actor':'anna','review':'P1D','at_end':'release',"
            + "'rules':[{'signal':'device','limit':2,'window':'PT1H','verdict':'hold'}]}";
    static final String REVIEW = "{'id':'x','verdict':'release','actor':'anna'}";

    private GoodWrites() {}

    /** Returns route and body of every write: these, as pairs, and those that are tables. */
    static Map<String, String> with(final String... others) {
        final Map<String, String> writes = new LinkedHashMap<>();
        for (int i = 0; i < others.length; i += 2) {
            writes.put(others[i], others[i + 1]);
        }
        writes.put("POST /v1/orders", ORDER);
        writes.put("POST /v1/orders/o1/cancel", "{'id':'x'}");
        writes.put("POST /v1/orders/o1/after-sale", "{'id':'x','state':'OPEN'}");
        writes.put("POST /v1/refunds", REFUND);
        writes.put("POST /v1/deliveries", DELIVERY);
        writes.put("POST /v1/members", MEMBER);
        writes.put("PUT /v1/members/u1/referrer", REFERRER);
        writes.put("POST /v1/link-targets", LINK_TARGET);
        writes.put("POST /v1/share-links", SHARE_LINK);
        writes.put("POST /v1/touches", TOUCH);
        writes.put("POST /v1/withdrawals", WITHDRAWAL);
        writes.put("POST /v1/withdrawals/w1/decision", DECISION);
        writes.put("POST /v1/withdrawals/w1/submit", "{'id':'x'}");
        writes.put("POST /v1/withdrawals/w1/channel-result", RESULT);
        writes.put("POST /v1/adjustments", ADJUSTMENT);
        writes.put("POST /v1/fundings", FUNDING);
        writes.put("POST /v1/payout-terms", PAYOUT_TERMS);
        writes.put("POST /v1/sandbox/clock", CLOCK);
        writes.put("PUT /v1/risk-rules", RISK_RULES);
        writes.put("POST /v1/orders/o1/review", REVIEW);
        return writes;
    }
}

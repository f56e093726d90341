package io.miaojie.api.message.form;

import static io.miaojie.api.message.form.FieldType.ID;

import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.message.IdSpace;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.BindReferrerCommandEncoder;
import io.miaojie.wire.codec.CreateLinkCommandEncoder;
import io.miaojie.wire.codec.DefineTargetCommandEncoder;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import io.miaojie.wire.codec.TouchCommandEncoder;
import java.util.List;

/** Writes about members, who brought them, and share links. */
final class MemberForms {
    private static final int IDENTITIES_MAX = 16;
    private static final int GRADE_MAX = 254;
    private static final int TYPE = 0;
    private static final int APP_ID = 1;
    private static final int VALUE = 2;
    private static final int HASH_LOW = 3;
    private static final int HASH_HIGH = 4;
    private static final int TOUCH_VISITOR = 3;
    private static final int TOUCH_MEMBER = 4;

    static final Form MEMBER = new Form(
            "member",
            IdSpace.MEMBER,
            RegisterMemberCommandEncoder.TEMPLATE_ID,
            RegisterMemberCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("registered_at", Field.Need.OPTIONAL)
                    .optional("bound_at", 2, FieldType.TIME, RegisterMemberCommandEncoder.boundAtNsEncodingOffset(), 0)
                    .optional(
                            "grade",
                            3,
                            FieldType.integer(Byte.BYTES, 0, GRADE_MAX),
                            RegisterMemberCommandEncoder.gradeEncodingOffset(),
                            0)
                    .optional(
                            "roles",
                            4,
                            FieldType.flags(List.of("seed", "promoter", "leader", "koc", "clerk")),
                            RegisterMemberCommandEncoder.rolesEncodingOffset(),
                            0)
                    .required("id", 30, ID)
                    .optional("referrer_id", 31, ID)
                    .optional("visitor_id", 32, ID)
                    .optional("store_id", 33, ID)
                    .optional("channel", 34, ID)
                    .optional("metadata", 35, FieldType.METADATA)
                    .made(36),
            List.of(new Rows(
                    "identities",
                    20,
                    RegisterMemberCommandEncoder.IdentitiesEncoder.sbeBlockLength(),
                    0,
                    IDENTITIES_MAX,
                    new Fields()
                            .required("type", 100, ID, Field.NOWHERE)
                            .optional("app_id", 101, ID, Field.NOWHERE, 0)
                            .required("value", 102, Payer.VALUE, Field.NOWHERE)
                            .made(
                                    1,
                                    FieldType.HALF_HASH,
                                    RegisterMemberCommandEncoder.IdentitiesEncoder.hashLowEncodingOffset())
                            .made(
                                    2,
                                    FieldType.HALF_HASH,
                                    RegisterMemberCommandEncoder.IdentitiesEncoder.hashHighEncodingOffset()),
                    MemberForms::hash)),
            Rule.NONE);

    static final Form REFERRER = new Form(
            "referrer",
            IdSpace.REFERRER,
            BindReferrerCommandEncoder.TEMPLATE_ID,
            BindReferrerCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required("id", 10, ID)
                    .path("member_id", 11)
                    .required("referrer_id", 12, FieldType.ID_OR_NULL)
                    .required("actor", 13, ID),
            List.of(),
            Rule.NONE);

    static final Form LINK_TARGET = new Form(
            "link_target",
            IdSpace.LINK_TARGET,
            DefineTargetCommandEncoder.TEMPLATE_ID,
            DefineTargetCommandEncoder.BLOCK_LENGTH,
            new Fields().required("id", 10, ID).required("url", 11, FieldType.LINK_TARGET),
            List.of(),
            Rule.NONE);

    static final Form SHARE_LINK = new Form(
            "share_link",
            IdSpace.SHARE_LINK,
            CreateLinkCommandEncoder.TEMPLATE_ID,
            CreateLinkCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .optional("expires_at", 2, FieldType.TIME, CreateLinkCommandEncoder.expiresAtNsEncodingOffset(), 0)
                    .required("id", 10, ID)
                    .made(11)
                    .required("owner_id", 12, ID)
                    .required("target", 13, ID)
                    .optional("campaign_id", 14, ID)
                    .optional("channel", 15, ID),
            List.of(),
            Rule.NONE);

    static final Form TOUCH = new Form(
            "touch",
            IdSpace.TOUCH,
            TouchCommandEncoder.TEMPLATE_ID,
            TouchCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("at", Field.Need.OPTIONAL)
                    .required("id", 10, ID)
                    .required("token", 11, ID)
                    .optional("visitor_id", 12, ID)
                    .optional("member_id", 13, ID),
            List.of(),
            MemberForms::requireWho);

    private MemberForms() {}

    private static void hash(final Values identity, final FormReader form) {
        final PayerHash hash = form.hashed(identity.at(TYPE), identity.at(APP_ID), identity.at(VALUE));
        identity.set(HASH_LOW, hash.low());
        identity.set(HASH_HIGH, hash.high());
    }

    private static void requireWho(final Values touch, final FormReader form) {
        if (!touch.has(TOUCH_VISITOR) && !touch.has(TOUCH_MEMBER)) {
            throw new BadInput(EdgeCode.MISSING_FIELD, "/visitor_id", "visitor_id or member_id is required");
        }
    }
}

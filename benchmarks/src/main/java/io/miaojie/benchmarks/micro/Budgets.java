package io.miaojie.benchmarks.micro;

/** Which budgets the campaigns of a bench keep; none of them ever runs out. */
public enum Budgets {
    /** Amount, count and amount per day: counters that every payment finds in cache. */
    CAMPAIGN,
    /** The same and an amount per member: three more counters per member, looked up per payment. */
    MEMBER
}

package io.miaojie.journal;

/** What has happened to a record when its commit returns. */
public enum Durability {
    /** Forced to the device: survives a power loss. */
    SYNC,
    /** Written to the page cache: survives the death of the process, not of the machine. Forced at rolls and stops. */
    OS
}

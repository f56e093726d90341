package io.miaojie.simulation;

/** What happens to the machine's clock while the process is down. */
enum ClockJump {
    /** Nothing. */
    NONE,
    /** It was behind, and is set right: much is due at once. */
    AHEAD,
    /** It was ahead: engine time, which never goes back, waits for it. */
    BACK
}

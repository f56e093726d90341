/**
 * What the figures are held against: small honest programs that do as much of the same work as their kind can, loaded
 * by the same rig in the same session. Each says in its Javadoc what it leaves out, always in its own favour.
 */
package io.miaojie.benchmarks.baseline;

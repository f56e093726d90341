package io.miaojie.api.command;

import picocli.CommandLine.IVersionProvider;

/** Names the version that the jar's manifest carries. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {"miaojie " + (version == null ? "(not packaged)" : version)};
    }
}

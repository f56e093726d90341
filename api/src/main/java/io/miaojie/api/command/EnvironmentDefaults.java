package io.miaojie.api.command;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets every option be an environment variable too: {@code --data-dir} is {@code MIAOJIE_DATA_DIR}. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    EnvironmentDefaults(final Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(final ArgSpec argument) {
        return argument instanceof final OptionSpec option ? environment.get(variable(option.longestName())) : null;
    }

    /** Returns the variable of an option. */
    static String variable(final String optionName) {
        return "MIAOJIE_" + optionName.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

package dev.drover.lab.console;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

import dev.drover.lab.cluster.RoomCommand;
import dev.drover.lab.prove.ProveCommand;
import dev.drover.lab.tour.TourCommand;
import dev.drover.lab.training.TrainCommand;

/** The commands of {@code ./drover} that need a JVM; the script builds, then calls them. */
@TopCommand
@Command(
        name = "drover",
        mixinStandardHelpOptions = true,
        description = "Runs the suite on this machine.",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            KillCommand.class,
            KeysCommand.class,
            LogsCommand.class,
            TourCommand.class,
            ProveCommand.class,
            RoomCommand.class,
            TrainCommand.class
        })
public class LabCommand {}

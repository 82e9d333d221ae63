package io.flinkinference.tools.command;

import io.flinkinference.model.GraphChoice;
import io.flinkinference.model.GraphPrecision;
import io.flinkinference.tools.optimize.Form;
import io.flinkinference.tools.optimize.FusedForm;
import io.flinkinference.tools.optimize.OptimizeReport;
import io.flinkinference.tools.optimize.OptimizeSettings;
import io.flinkinference.tools.optimize.Optimizer;
import io.flinkinference.tools.optimize.QuantizedForms;
import io.flinkinference.tools.parity.ParityLimits;
import io.flinkinference.tools.progress.Bar;
import io.flinkinference.tools.prune.PruneOptions;
import io.flinkinference.tools.quantize.Precision;
import io.flinkinference.tools.quantize.QuantizeOptions;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code optimize}: a faster form of a model, proven to give the same answers. */
@Command(
    name = "optimize",
    description = {
      "Rewrites a model so that it runs faster, and writes a model directory that the operator loads.",
      "",
      "The answers of both are compared on texts. If they are below a limit, the command fails and"
          + " keeps nothing. The figures go into inference.json beside the model; the option"
          + " inference.model.min-parity of the operator demands them.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The directory is there.",
      "1:The model could not be optimised, or its answers are too far off; nothing is kept.",
      "2:The command line is wrong."
    })
public final class OptimizeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A model directory, one graph in it, or a bundled model.")
  private String model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory to write. There must be nothing yet.")
  private Path out;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Which of the model's graphs, by its path in the directory.")
  private String file = "";

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "int8",
      description = {
        "fp32, int8 (scales fixed beforehand), int8-dynamic (scales from each batch: a text's result"
            + " depends on the texts beside it), int8-weights (weights alone, the careful form) or"
            + " fp16 (for GPUs). Default: ${DEFAULT-VALUE}."
      })
  private String precision;

  @Option(
      names = "--calibrate",
      paramLabel = "FILE",
      description = {
        "Texts like those that the model will get, one a line, for int8 and fp16. Three of four are"
            + " run to see how large numbers become, the fourth to compare. Default: built-in ones."
      })
  private Path calibrate;

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      description = {
        "Texts, one a line, whose tokens are kept, and single characters; all other tokens are taken"
            + " out of the vocabulary. Texts of kept tokens have the same results."
      })
  private Path vocabulary;

  @Mixin private PruneArguments pruning;

  @Option(
      names = "--full-weights",
      description = {
        "int8 and int8-dynamic with all 8 bits of the weights instead of 7: a little nearer to"
            + " fp32, but for CPUs with VNNI alone. Others cut off sums, and give other results"
            + " without a word."
      })
  private boolean fullWeights;

  @Option(
      names = "--verify",
      paramLabel = "FILE",
      description = {
        "Texts on which both are compared: one a line (UTF-8), a tab and its label behind it if"
            + " the accuracy is to be told too. Default: a hundred built-in texts, and all of"
            + " them as one long text."
      })
  private Path verify;

  @Option(
      names = "--min-cosine",
      paramLabel = "NUMBER",
      description =
          "Least cosine of any answer to the original's. Default: what the precision reaches.")
  private Double minCosine;

  @Option(
      names = "--mean-cosine",
      paramLabel = "NUMBER",
      description = {
        "Least mean of these cosines. Default: what the precision reaches. For int8, more layers"
            + " stay fp32 where it is more than 0.997."
      })
  private Double meanCosine;

  @Option(
      names = "--min-agreement",
      paramLabel = "NUMBER",
      description =
          "Least share of texts with the same decision. Default: what the precision reaches.")
  private Double agreement;

  @Option(
      names = "--turns",
      paramLabel = "N",
      defaultValue = "30",
      description = "Turns of each model when the speed is measured. Default: ${DEFAULT-VALUE}.")
  private int turns;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<OptimizeReport> report =
        JsonFailure.told(json, spec, () -> new Optimizer(settings(), Bar::of).run());
    if (report.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    PrintWriter print = spec.commandLine().getOut();
    if (json) {
      Output.json(report.get(), print);
    } else {
      print.print(OptimizeView.of(report.get(), out));
      print.flush();
    }
    return ExitCode.OK;
  }

  private OptimizeSettings settings() {
    try {
      PruneOptions pruned = pruning.options();
      Precision wanted = Precision.of(precision);
      refuseWhatHasNoEffect(wanted);
      Form form = form(wanted, pruned);
      ParityLimits usual = pruned.prunes() ? ParityLimits.PRUNED : form.limits();
      return new OptimizeSettings(
          model,
          new GraphChoice(GraphPrecision.AUTO, file),
          form,
          out,
          verify == null ? SampleTexts.toVerifyOn() : SampleTexts.read(verify),
          vocabulary == null ? List.of() : SampleTexts.read(vocabulary),
          pruned,
          new ParityLimits(
              minCosine == null ? usual.minCosine() : minCosine,
              meanCosine == null ? usual.meanCosine() : meanCosine,
              agreement == null ? usual.agreement() : agreement),
          turns);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void refuseWhatHasNoEffect(Precision wanted) {
    boolean calibrates = wanted == Precision.INT8 || wanted == Precision.FP16;
    NotBeside.refuse(spec, !calibrates, "--precision " + precision, "--calibrate");
    boolean rounds = wanted == Precision.INT8 || wanted == Precision.INT8_DYNAMIC;
    NotBeside.refuse(spec, !rounds, "--precision " + precision, "--full-weights");
    boolean recovers = spec.commandLine().getParseResult().hasMatchedOption("--recover-texts");
    NotBeside.refuse(spec, !recovers, "nothing taught", "--recover-epochs", "--recover-rate");
  }

  private Form form(Precision wanted, PruneOptions pruned) {
    return wanted == Precision.FP32
        ? new FusedForm()
        : new QuantizedForms(
            wanted,
            // What a model learned from is what it knows best.
            calibrate == null ? pruned.texts() : SampleTexts.read(calibrate),
            options().withFullWeights(fullWeights));
  }

  /**
   * A user who demands more than usual gets more layers of fp32; one who demands less, no fewer.
   */
  private QuantizeOptions options() {
    QuantizeOptions usual = QuantizeOptions.USUAL;
    return meanCosine == null
        ? usual
        : usual.withLeastCosine(Math.max(usual.leastCosine(), meanCosine));
  }
}

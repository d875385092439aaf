"""A model that nettrain has saved has the same costs and accuracies in NumPy as in nettrain."""

import json

import numpy as np

import models
from digits import Digits
from findings import Findings
from network import PAIRS, Objective, costs, weighted_inputs
from program import Program

HIDDEN = ["none", "30", "20,15"]
# Single precision has 7 digits; a mean cost keeps fewer of them.
PRECISIONS = {"double": (np.float64, 1e-12), "single": (np.float32, 1e-5)}
# The names of all choices of a run.
CHOICES = set(
    "hidden activation output cost softmax_scale init init_from epochs evaluate_every patience halvings best_by "
    "min_delta batch_size learning_rate learning_rate_decay optimizer momentum l2 l1 dropout label_smoothing seed shuffle "
    "limit validation validation_split expand precision threads kernel saturation".split()
)
SCALED = Objective("softmax", "cross-entropy", 2.5)


def tested(model: models.Model, digits: Digits) -> tuple[float, float]:
    """Cost and accuracy on the test digits, from the file alone."""
    z = weighted_inputs(model.layers, digits.test_images)
    cost = costs(model.objective, z, digits.test_labels).mean()
    return float(cost), float((z.argmax(axis=1) == digits.test_labels).mean())


def check(program: Program, digits: Digits, findings: Findings) -> None:
    findings.begin("Models saved by nettrain, read by safetensors and run by NumPy: test cost, relative difference")
    of_accuracies, of_metadata, count = [], 0, 0
    last, best = program.scratch / "last.safetensors", program.scratch / "best.safetensors"
    for objective in [*PAIRS, SCALED]:
        for precision, (element, bound) in PRECISIONS.items():
            for hidden in HIDDEN:
                options = ["--hidden", hidden, "--precision", precision, "--epochs", "3", *objective.options()]
                run = program.train(*options, "--save", str(last), "--save-best", str(best))
                of_costs = []
                for path, number in ((last, run.end["epochs"]), (best, run.end["best_epoch"])):
                    model, event = models.read(path), run.epochs[number - 1]
                    cost, accuracy = tested(model, digits)
                    of_costs.append(abs(cost - event["test_cost"]) / event["test_cost"])
                    of_accuracies.append(abs(accuracy - event["test_accuracy"]))
                    of_metadata += wrong_metadata(model, objective, element, run.start, hidden, number)
                    count += 1
                of_accuracies.append(abs(run.epochs[-1]["test_accuracy"] - run.end["test_accuracy"]))
                findings.add(f"{objective}, hidden {hidden}, {precision} precision", max(of_costs), bound)
    findings.add(f"test accuracies of all {count} models, those of --save-best among them", max(of_accuracies), 0)
    findings.add(f"metadata of the {count} that differ from the run", of_metadata, 0)


def wrong_metadata(
    model: models.Model, objective: Objective, element: type, start: dict, hidden: str, epoch: int
) -> int:
    """The number of wrong statements in the metadata."""
    told = model.metadata
    expected = {"layers": str(start["layers"]), "epoch": str(epoch)}
    wrong = [name for name, value in expected.items() if told.get(name) != value]
    configuration, provenance = json.loads(told["configuration"]), json.loads(told["provenance"])
    asked = {
        "hidden": [] if hidden == "none" else [int(size) for size in hidden.split(",")],
        "output": objective.output,
        "cost": objective.cost,
        "epochs": 3,
    }
    wrong += [name for name, value in asked.items() if configuration[name] != value]
    # A choice that is null in the log is left out of the file.
    names = {name for name in start if start[name] is not None} & CHOICES
    if set(configuration) != names:
        wrong.append("names in the configuration")
    wrong += [name for name, value in configuration.items() if start[name] != value]
    wrong += [name for name in ("version", "blas", "instructions") if provenance[name] != start[name]]
    if provenance["sha256"] != start["data"]["sha256"]:
        wrong.append("sha256")
    if model.objective != objective:
        wrong.append("output_activation, cost or softmax_scale")
    if model.element != element:
        wrong.append("type of the tensors")
    return len(wrong)

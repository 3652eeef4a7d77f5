"""Golden numbers for the statistics of several classes, computed without src/mil.

  python3 classes.py > classes.json

Needs numpy alone. AUROC pair by pair; DeLong by structural components pair by pair, summed over patients (Obuchowski
1997); logistic recalibration by Newton's method; bins by sorting. The bootstrap's draws are written down, so that its
percentiles can be compared as they are.
"""
import json
import sys
from statistics import NormalDist

import numpy as np

rng = np.random.default_rng(41)
Z = NormalDist().inv_cdf(0.975)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def psi(x, y):
    return np.where(x[:, None] > y[None, :], 1.0, np.where(x[:, None] == y[None, :], 0.5, 0.0))


def auroc(labels, scores):
    return psi(scores[labels == 1], scores[labels == 0]).mean() if 0 < labels.sum() < len(labels) else None


def delong(labels, scores, patients):
    m, n = (labels == 1).sum(), (labels == 0).sum()
    names = sorted(set(patients))
    aucs, d10, d01 = [], [], []
    for s in scores:
        w = psi(s[labels == 1], s[labels == 0])
        aucs.append(w.mean())
        v10, v01 = w.mean(axis=1) - w.mean(), w.mean(axis=0) - w.mean()
        d10.append([v10[patients[labels == 1] == p].sum() for p in names])
        d01.append([v01[patients[labels == 0] == p].sum() for p in names])
    d10, d01 = np.array(d10), np.array(d01)
    i10, i01, i = len(set(patients[labels == 1])), len(set(patients[labels == 0])), len(names)
    cov = i10 / (i10 - 1) / m**2 * d10 @ d10.T + i01 / (i01 - 1) / n**2 * d01 @ d01.T
    return np.array(aucs), cov + i / (i - 1) / (m * n) * (d10 @ d01.T + d01 @ d10.T)


def interval(auc, variance):
    centre, reach = np.log(auc / (1 - auc)), Z * np.sqrt(variance) / (auc * (1 - auc))
    return [sigmoid(centre - reach), sigmoid(centre + reach)]


def ece(labels, p):
    n = len(p)
    width = np.minimum((p * 10).astype(int), 9)
    order = np.argsort(p, kind="stable")
    count = max(2, min(10, n // 5))
    edges = [int(np.floor(k * n / count + 0.5)) for k in range(count + 1)]
    mass = [order[edges[k] : edges[k + 1]] for k in range(count)]
    gap = lambda members: abs(labels[members].mean() - p[members].mean()) * len(members) / n
    return {"equalMass": sum(gap(k) for k in mass), "equalWidth": sum(gap(np.flatnonzero(width == k)) for k in range(10) if (width == k).any())}


def recalibrate(labels, p):
    x = np.log(p / (1 - p))
    X = np.stack([np.ones_like(x), x], axis=1)
    beta, a = np.array([0.0, 1.0]), 0.0
    for _ in range(100):
        q = sigmoid(X @ beta)
        beta = beta + np.linalg.solve(X.T @ (X * (q * (1 - q))[:, None]), X.T @ (labels - q))
        q = sigmoid(a + x)
        a += (labels - q).sum() / (q * (1 - q)).sum()
    q = sigmoid(X @ beta)
    slope_error = np.sqrt(np.linalg.inv(X.T @ (X * (q * (1 - q))[:, None]))[1, 1])
    q = sigmoid(a + x)
    error = 1 / np.sqrt((q * (1 - q)).sum())
    return {"intercept": [a, a - Z * error, a + Z * error], "slope": [beta[1], beta[1] - Z * slope_error, beta[1] + Z * slope_error]}


def at_specificity(chosen_labels, chosen_p, labels, p, target):
    """The lowest score of validation that keeps the specificity there, tried one by one."""
    kept = [t for t in sorted(set(chosen_p)) if (chosen_p[chosen_labels == 0] < t).mean() >= target - 1e-12]
    if not kept:
        return {"threshold": None, "hits": 0, "spared": int((labels == 0).sum())}
    t = kept[0]
    return {"threshold": t, "hits": int((p[labels == 1] >= t).sum()), "spared": int((p[labels == 0] < t).sum())}


def call(p, exclusive, negative, threshold):
    likely = [k for k, v in enumerate(p) if v >= threshold]
    top = int(np.argmax(p))
    if not likely:
        return () if negative else (top,)
    return (top,) if exclusive else tuple(likely)


def values(truth, p, options, wanted=None):
    """Macro AUROC, accuracy, balanced accuracy and F1; a mean over classes is None where one of `wanted` is missing."""
    y = np.array([[int(k in t) for k in range(p.shape[1])] for t in truth])
    called = [call(row, **options) for row in p]
    right = np.array([tuple(t) == c for t, c in zip(truth, called)], dtype=float)
    each = [auroc(y[:, k], p[:, k]) for k in range(p.shape[1])]
    defined = [k for k, v in enumerate(each) if v is not None]
    whole = wanted is None or set(wanted["classes"]) <= set(defined)
    f1 = []
    for k in defined:
        c = np.array([k in one for one in called])
        f1.append(2 * (c & (y[:, k] == 1)).sum() / (c.sum() + y[:, k].sum()))
    groups = sorted({tuple(t) for t in truth})
    balanced = np.mean([right[[tuple(t) == g for t in truth]].mean() for g in groups])
    if wanted is not None and options["exclusive"] and len(groups) < wanted["groups"]:
        balanced = None
    return {"auroc": np.mean([each[k] for k in defined]) if whole else None, "accuracy": right.mean(), "balancedAccuracy": balanced, "f1": np.mean(f1) if whole else None}, {"classes": defined, "groups": len(groups)}, each


def cohort(n, patients, classes, exclusive, negative):
    # The patients' numbers in the order in which they first appear, as a bootstrap meets them.
    who = rng.integers(patients, size=n)
    order = {p: i for i, p in enumerate(dict.fromkeys(who.tolist()))}
    who = np.array([order[p] for p in who.tolist()])
    if exclusive:
        drawn = rng.integers(classes + int(negative), size=n)
        truth = [[] if d == classes else [int(d)] for d in drawn]
    else:
        truth = [[k for k in range(classes) if rng.random() < 0.45] for _ in range(n)]
        truth = [t if t or negative else [0] for t in truth]
    y = np.array([[int(k in t) for k in range(classes)] for t in truth])
    models = [sigmoid(strength * (y - 0.5) + rng.normal(size=y.shape) - 0.2) for strength in (1.8, 0.7)]
    return who, truth, y, models


out = []
for n, patients, classes, exclusive, negative in [(70, 30, 3, True, False), (60, 60, 2, True, True), (80, 25, 3, False, True)]:
    who, truth, y, models = cohort(n, patients, classes, exclusive, negative)
    _, vtruth, vy, (v, _) = cohort(40, 20, classes, exclusive, negative)
    thresholds = [0.45, 0.4]
    options = [{"exclusive": exclusive, "negative": negative, "threshold": t} for t in thresholds]
    whole = [values(truth, p, o) for p, o in zip(models, options)]
    people = len(set(who.tolist()))
    draws, drawn = [], []
    for _ in range(60):
        picks = rng.integers(people, size=people)
        rows = np.concatenate([np.flatnonzero(who == q) for q in picks])
        draws.append(picks.tolist())
        drawn.append([values([truth[i] for i in rows], p[rows], o, w[1])[0] for p, o, w in zip(models, options, whole)])
    metrics, differences = {}, {}
    for metric in ["auroc", "accuracy", "balancedAccuracy", "f1"]:
        of_first = np.array([a[metric] for a, _ in drawn if a[metric] is not None], dtype=float)
        metrics[metric] = [whole[0][0][metric], *np.quantile(of_first, [0.025, 0.975]).tolist()]
        gaps = np.array([a[metric] - b[metric] for a, b in drawn if a[metric] is not None and b[metric] is not None], dtype=float)
        beyond = min((gaps <= 0).sum(), (gaps >= 0).sum())
        differences[metric] = [whole[0][0][metric] - whole[1][0][metric], *np.quantile(gaps, [0.025, 0.975]).tolist(), min(1.0, 2 * (beyond + 1) / (len(gaps) + 1))]
    each, tests = [], []
    for k in range(classes):
        aucs, cov = delong(y[:, k], [m[:, k] for m in models], who)
        error = np.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
        gap = aucs[0] - aucs[1]
        tests.append([gap, gap - Z * error, gap + Z * error, 2 * NormalDist().cdf(-abs(gap / error))])
        each.append({
            "auroc": [aucs[0], *interval(aucs[0], cov[0, 0])], "ece": ece(y[:, k], models[0][:, k]), **recalibrate(y[:, k], models[0][:, k]),
            "points": [at_specificity(vy[:, k], v[:, k], y[:, k], models[0][:, k], t) for t in (0.9, 0.95)],
        })
    holm, least = [0.0] * classes, 0.0
    for rank, k in enumerate(sorted(range(classes), key=lambda k: tests[k][3])):
        least = holm[k] = max(least, min(1.0, tests[k][3] * (classes - rank)))
    top = models[0].argmax(axis=1)
    out.append({
        "exclusive": exclusive, "negative": negative, "thresholds": thresholds, "patients": who.tolist(), "classes": truth, "probabilities": [m.tolist() for m in models],
        "validation": {"classes": vtruth, "probabilities": v.tolist()}, "draws": draws, "metrics": metrics, "differences": differences, "each": each,
        "tests": tests, "holm": holm, "topEce": ece(y[np.arange(n), top], models[0].max(axis=1)), "classwise": {key: float(np.mean([one["ece"][key] for one in each])) for key in ("equalMass", "equalWidth")},
        "pooled": {"auroc": values(truth, (models[0] + models[1]) / 2, options[0])[0]["auroc"], "each": [w[0]["auroc"] for w in whole]},
    })
json.dump(out, sys.stdout, default=float)
sys.stdout.write("\n")

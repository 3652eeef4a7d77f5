"""Golden numbers for src/mil/statistics, computed without it.

  python make.py > statistics.json

Needs numpy, scipy (1.17), statsmodels (0.15), scikit-learn (1.9).

- DeLong: the U-statistic's structural components pair by pair, as DeLong 1988 writes them (no midranks); with several
  slides a patient, Obuchowski 1997 by the same components summed over patients.
- Wilcoxon without ties: scipy's exact p. With ties: every assignment of signs, enumerated.
- t, corrected t: scipy.stats.t. Wilson, Holm, Benjamini-Hochberg, logistic recalibration: statsmodels.
- calibration: bins by numpy; scikit-learn's calibration_curve for equal width.
"""
import itertools
import json
import sys

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20261122)
out = {}


def psi(x, y):
    return np.where(x[:, None] > y[None, :], 1.0, np.where(x[:, None] == y[None, :], 0.5, 0.0))


def delong(labels, scores, patients):
    labels, patients = np.asarray(labels), np.asarray(patients)
    m, n = (labels == 1).sum(), (labels == 0).sum()
    names = sorted(set(patients))
    aucs, d10, d01 = [], [], []
    for s in scores:
        w = psi(s[labels == 1], s[labels == 0])
        auc = w.mean()
        v10, v01 = w.mean(axis=1) - auc, w.mean(axis=0) - auc
        aucs.append(auc)
        d10.append([v10[patients[labels == 1] == p].sum() for p in names])
        d01.append([v01[patients[labels == 0] == p].sum() for p in names])
    d10, d01 = np.array(d10), np.array(d01)
    i10 = len(set(patients[labels == 1]))
    i01 = len(set(patients[labels == 0]))
    i = len(names)
    cov = i10 / (i10 - 1) / m**2 * d10 @ d10.T + i01 / (i01 - 1) / n**2 * d01 @ d01.T
    cov += i / (i - 1) / (m * n) * (d10 @ d01.T + d01 @ d10.T)
    return np.array(aucs), cov


def sample(n, patients, digits):
    labels = (rng.random(n) < 0.45).astype(int)
    base = rng.normal(size=n) + 1.1 * labels
    a = np.round(1 / (1 + np.exp(-(base + 0.5 * rng.normal(size=n)))), digits)
    b = np.round(1 / (1 + np.exp(-(0.6 * base + 0.8 * rng.normal(size=n)))), digits)
    who = [f"p{k}" for k in (np.arange(n) if patients == n else rng.integers(patients, size=n))]
    return labels, a, b, who


out["delong"] = []
for n, patients, digits in [(40, 40, 6), (60, 60, 1), (90, 30, 3)]:
    labels, a, b, who = sample(n, patients, digits)
    aucs, cov = delong(labels, [a, b], who)
    assert abs(aucs[0] - roc_auc_score(labels, a)) < 1e-12
    z = stats.norm.ppf(0.975)
    centre, reach = np.log(aucs[0] / (1 - aucs[0])), z * np.sqrt(cov[0, 0]) / (aucs[0] * (1 - aucs[0]))
    error = np.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    difference = aucs[0] - aucs[1]
    out["delong"].append({
        "labels": labels.tolist(), "a": a.tolist(), "b": b.tolist(), "patients": who, "aurocs": aucs.tolist(), "covariance": cov.tolist(),
        "interval": (1 / (1 + np.exp(-np.array([centre - reach, centre + reach])))).tolist(),
        "difference": [difference, difference - z * error, difference + z * error, 2 * stats.norm.sf(abs(difference / error))],
    })

out["t"] = []
for n, ratio in [(2, 1 / 1), (5, 1 / 4), (10, 1 / 9), (30, 0.3)]:
    x = rng.normal(0.85, 0.05, n)
    t, s = stats.t.ppf(0.975, n - 1), x.std(ddof=1)
    out["t"].append({
        "values": x.tolist(), "ratio": ratio, "sd": s, "mean": x.mean(),
        "plain": list(stats.t.interval(0.95, n - 1, x.mean(), s / np.sqrt(n))),
        "corrected": [x.mean() - t * s * np.sqrt(1 / n + ratio), x.mean() + t * s * np.sqrt(1 / n + ratio)],
    })

out["wilson"] = [{"count": k, "of": n, "level": level, "interval": list(proportion_confint(k, n, 1 - level, "wilson"))} for k, n, level in [(0, 8, 0.95), (7, 8, 0.95), (8, 8, 0.95), (263, 281, 0.95), (3, 50, 0.9)]]


def enumerated(d):
    d = d[d != 0]
    r = stats.rankdata(abs(d))
    w = min(r[d > 0].sum(), r[d < 0].sum())
    sums = [sum(x for x, keep in zip(r, signs) if keep) for signs in itertools.product([0, 1], repeat=len(r))]
    return w, min(1.0, 2 * np.mean([s <= w + 1e-9 for s in sums]))


out["wilcoxon"] = []
for n, digits in [(5, 6), (10, 6), (25, 6), (8, 1), (12, 1), (14, 2)]:
    a, b = np.round(rng.normal(0.86, 0.05, n), digits), np.round(rng.normal(0.83, 0.05, n), digits)
    if digits == 6:
        found = stats.wilcoxon(a, b, method="exact")
        w, p = found.statistic, found.pvalue
    else:
        w, p = enumerated(np.round(a - b, digits))
        # So that a difference is the same number however it is reached.
        scale = 10**digits
        a, b = np.round(a * scale), np.round(b * scale)
    out["wilcoxon"].append({"a": a.tolist(), "b": b.tolist(), "statistic": float(w), "p": float(p)})
a, b = np.round(rng.normal(0.0, 1, 400), 1) * 10, np.round(rng.normal(0.15, 1, 400), 1) * 10
a, b = np.round(a), np.round(b)
found = stats.wilcoxon(a, b, method="approx", correction=False)
out["wilcoxon"].append({"a": a.tolist(), "b": b.tolist(), "statistic": float(found.statistic), "p": float(found.pvalue)})

ps = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 0.9]
out["multiple"] = {"p": ps, "holm": multipletests(ps, method="holm")[1].tolist(), "bh": multipletests(ps, method="fdr_bh")[1].tolist()}

out["calibration"] = []
for n in [30, 200]:
    p = rng.beta(1.2, 1.6, n)
    y = (rng.random(n) < p**1.4).astype(int)
    x = np.log(p / (1 - p))
    joint = sm.Logit(y, sm.add_constant(x)).fit(disp=0, tol=1e-14, maxiter=200)
    large = sm.GLM(y, np.ones(n), family=sm.families.Binomial(), offset=x).fit(tol=1e-14)
    observed, predicted = calibration_curve(y, p, n_bins=10)
    order = np.argsort(p)
    # numpy rounds halves to even, which would part 30 slides otherwise than the bins say.
    edges = [int(np.floor(k * n / 6 + 0.5)) for k in range(7)]
    mass = [order[edges[k] : edges[k + 1]] for k in range(6)]
    width = np.minimum((p * 10).astype(int), 9)
    out["calibration"].append({
        "labels": y.tolist(), "probabilities": p.tolist(),
        "slope": [joint.params[1], *joint.conf_int()[1].tolist()], "intercept": [large.params[0], *large.conf_int()[0].tolist()],
        "width": {"predicted": predicted.tolist(), "observed": observed.tolist(), "ece": float(sum(abs(y[width == k].mean() - p[width == k].mean()) * (width == k).mean() for k in range(10) if (width == k).any()))},
        "mass": {"predicted": [p[k].mean() for k in mass], "observed": [y[k].mean() for k in mass], "ece": float(sum(abs(y[k].mean() - p[k].mean()) * len(k) / n for k in mass))},
    })

z = [-30.0, -8.0, -1.96, 0.0, 3.0]
out["normal"] = {"z": z, "p": [float(2 * stats.norm.sf(abs(v))) for v in z], "level": [0.5, 0.9, 0.95, 0.999], "reach": [float(stats.norm.ppf((1 + v) / 2)) for v in [0.5, 0.9, 0.95, 0.999]]}
json.dump(out, sys.stdout)
sys.stdout.write("\n")

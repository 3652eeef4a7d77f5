"""What PyTorch runs in the bench: each contestant is a function that does one step and returns a number to compare."""

import os

import torch
from torch import nn

from losses import pair_loss, supcon_loss
from networks import ContrastiveResnet, Dsmil, Resnet, SmallCnn
from tensors import read_tensors


def trained(network, settings, folder, loss_of):
    """Steps of Adam on `loss_of(network)`."""
    network.load_state_dict(read_tensors(os.path.join(folder, "weights.safetensors")))
    network.to(settings["device"])
    if settings["channelsLast"]:
        network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), lr=settings["lr"], weight_decay=settings["weightDecay"])

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def dsmil(settings, folder):
    bags = read_tensors(os.path.join(folder, "inputs.safetensors"))

    def loss_of(network):
        positive, negative = (bags[side].to(settings["device"]) for side in ("positive", "negative"))
        return pair_loss(network(positive), network(negative), settings["loss"])

    return trained(Dsmil(settings["featureSize"], settings["attention"]), settings, folder, loss_of)


def images(settings, folder):
    """NHWC on disk, as ours take them; the layout of the memory is what channels-last is about."""
    batch = read_tensors(os.path.join(folder, "inputs.safetensors"))["images"].permute(0, 3, 1, 2)
    return batch.contiguous(memory_format=torch.channels_last if settings["channelsLast"] else torch.contiguous_format)


def supcon(settings, folder):
    batch = images(settings, folder)
    labels = torch.tensor(settings["labels"], device=settings["device"])
    network = ContrastiveResnet(settings["resnet"]) if "resnet" in settings else SmallCnn(settings["channels"], settings["projection"])

    def loss_of(network):
        return supcon_loss(network(batch.to(settings["device"])), labels, settings["temperature"])

    return trained(network, settings, folder, loss_of)


def extraction(settings, folder):
    batch = images(settings, folder)
    network = Resnet(settings["resnet"], nn.BatchNorm2d)
    network.load_state_dict(read_tensors(os.path.join(folder, "weights.safetensors")), strict=False)
    network.eval().to(settings["device"])
    if settings["channelsLast"]:
        network.to(memory_format=torch.channels_last)
    with torch.no_grad():
        if settings["frozen"]:
            network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(network, batch.to(settings["device"]))))

    def step():
        with torch.no_grad():
            return network(batch.to(settings["device"])).mean().item()

    return step


makers = {"dsmil": dsmil, "supcon": supcon, "extraction": extraction}

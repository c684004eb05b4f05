"""Lets `streaming` be imported without torch, transformers and the clients of cloud storage, which are of gigabytes: it takes classes to inherit from, and answers
that there is one process, out of torch, and nothing out of the others. Everything that reads, writes and checks MDS is its own code. Import this before `streaming`."""

import importlib
import importlib.abc
import importlib.machinery
import sys
import types

# What `streaming` names at its heads; packages that are installed come first.
ABSENT = {
    "azure", "boto3", "botocore", "databricks", "google", "huggingface_hub", "matplotlib", "oci", "paramiko", "pysftp", "torch", "torchvision", "transformers",
}


class StandIn(types.ModuleType):
    """Any name of it is a class of its own, but for what is set."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] not in ABSENT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        if module.__name__ == "torch":
            module.__version__ = "2.0.0"
            module.cuda = types.SimpleNamespace(is_available=lambda: False, device_count=lambda: 0)
            # `from torch import distributed` asks the module for a name first.
            module.distributed = importlib.import_module("torch.distributed")
        if module.__name__ == "torch.distributed":
            module.is_available = lambda: False
            module.is_initialized = lambda: False
        if module.__name__ == "torch.utils.data":
            module.get_worker_info = lambda: None


# Last: what is there is taken.
sys.meta_path.append(Finder())

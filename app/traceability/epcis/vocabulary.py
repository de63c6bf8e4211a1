"""The words of CBV 2.0 and of the GS1 Web vocabulary that EPCIS events may use, and how their URIs look.

Source: the JSON-LD contexts and JSON schemas published with EPCIS 2.0 (gs1/EPCIS on GitHub).
"""

from dataclasses import dataclass

CBV = "https://ref.gs1.org/cbv/"
GS1_VOC = "https://gs1.org/voc/"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A set of standard words whose Web URI is `prefix` + word and whose old URN is `urn` + word."""

    label: str
    prefix: str
    urn: str | None
    words: frozenset[str]

    def word(self, uri: str) -> str:
        """The bare word of a standard URI; anything else as it is."""
        if uri.startswith(self.prefix):
            word = uri[len(self.prefix) :]
            return word if word in self.words else uri
        return uri

    def uri(self, word: str) -> str:
        """The Web URI of a standard word, also when given as the old URN; anything else as it is."""
        if word in self.words:
            return self.prefix + word
        if self.urn and word.startswith(self.urn):
            return self.prefix + word[len(self.urn) :]
        return word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BIZ_STEP = Vocabulary(
    "business step",
    f"{CBV}BizStep-",
    "urn:epcglobal:cbv:bizstep:",
    _words(
        "accepting arriving assembling collecting commissioning consigning creating_class_instance "
        "cycle_counting decommissioning departing destroying disassembling dispensing encoding "
        "entering_exiting holding inspecting installing killing loading other packing picking receiving "
        "removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting "
        "shipping staging_outbound stock_taking stocking storing transporting unloading unpacking "
        "void_shipping"
    ),
)
DISPOSITION = Vocabulary(
    "disposition",
    f"{CBV}Disp-",
    "urn:epcglobal:cbv:disp:",
    _words(
        "active available completeness_inferred completeness_verified conformant container_closed "
        "container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit "
        "inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement no_pedigree_match "
        "non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned "
        "sellable_accessible sellable_not_accessible stolen unavailable unknown"
    ),
)
BIZ_TRANSACTION_TYPE = Vocabulary(
    "business transaction type",
    f"{CBV}BTT-",
    "urn:epcglobal:cbv:btt:",
    _words("bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"),
)
SOURCE_DESTINATION_TYPE = Vocabulary(
    "source or destination type",
    f"{CBV}SDT-",
    "urn:epcglobal:cbv:sdt:",
    _words("owning_party possessing_party location"),
)
ERROR_REASON = Vocabulary("error reason", f"{CBV}ER-", "urn:epcglobal:cbv:er:", _words("did_not_occur incorrect_data"))
COMPONENT = Vocabulary(
    "component",
    f"{CBV}Comp-",
    None,
    _words(
        "x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing "
        "latitude longitude altitude"
    ),
)
SENSOR_EXCEPTION = Vocabulary("sensor exception", GS1_VOC, None, _words("ALARM_CONDITION ERROR_CONDITION"))
MEASUREMENT_TYPE = Vocabulary(
    "measurement type",
    GS1_VOC,
    None,
    _words(
        "AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance "
        "AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area "
        "Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent "
        "DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity "
        "ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance Irradiance "
        "KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux "
        "MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime "
        "MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux "
        "RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume "
        "Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate "
        "VolumeFraction VolumetricFlux Wavenumber"
    ),
)
